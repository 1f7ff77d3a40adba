import { quoted } from '../text/clean.js';
import { words } from '../words/words.js';

type Values = Readonly<Record<string, string>>;

/** A conversation starter that clients offer to a person. Nothing depends on it. */
interface Prompt {
  readonly name: string;
  title(): string;
  description(): string;
  readonly arguments: readonly { readonly name: string; description(): string; readonly required: boolean }[];
  /** Whether it needs the scan tool. */
  readonly scans: boolean;
  /** What it says to the model, but for where to look. */
  text(values: Values): string;
}

const WHERE = { name: 'enterprise_project_id', description: () => words().prompts.where, required: false };

/** A value of the person in quotes; undefined for one that was left out. */
const given = (value: string | undefined, max: number) => (value ? quoted(value, max) : undefined);

const PROMPTS: readonly Prompt[] = [
  {
    name: 'scan_and_triage',
    title: () => words().prompts.scan_and_triage.title,
    description: () => words().prompts.scan_and_triage.description,
    arguments: [
      { name: 'image_name', description: () => words().prompts.scan_and_triage.image_name, required: false },
      WHERE,
    ],
    scans: true,
    text: ({ image_name }) => words().prompts.scan_and_triage.text(given(image_name, 512)),
  },
  {
    name: 'what_is_at_risk',
    title: () => words().prompts.what_is_at_risk.title,
    description: () => words().prompts.what_is_at_risk.description,
    arguments: [WHERE],
    scans: false,
    text: () => words().prompts.what_is_at_risk.text,
  },
  {
    name: 'verify_rebuild',
    title: () => words().prompts.verify_rebuild.title,
    description: () => words().prompts.verify_rebuild.description,
    arguments: [
      { name: 'image_name', description: () => words().prompts.verify_rebuild.image_name, required: true },
      { name: 'cve_id', description: () => words().prompts.verify_rebuild.cve_id, required: false },
      WHERE,
    ],
    scans: false,
    text: ({ image_name = '', cve_id }) =>
      words().prompts.verify_rebuild.text(quoted(image_name, 512), given(cve_id, 64)),
  },
];

/** What `prompts/list` answers; prompts that scan are left out where scanning is. */
export function listPrompts(readOnly: boolean) {
  const offered = PROMPTS.filter((prompt) => !(prompt.scans && readOnly));
  return offered.map((prompt) => ({
    name: prompt.name,
    title: prompt.title(),
    description: prompt.description(),
    arguments: prompt.arguments.map(({ name, description, required }) => ({
      name,
      description: description(),
      required,
    })),
  }));
}

/** What `prompts/get` answers; undefined for a prompt that is not offered. */
export function getPrompt(name: unknown, values: unknown, readOnly: boolean) {
  const prompt = PROMPTS.find((candidate) => candidate.name === name && !(candidate.scans && readOnly));
  if (!prompt) return undefined;
  const all = Object.entries(typeof values === 'object' && values !== null ? values : {});
  const texts: Values = Object.fromEntries(all.filter(([, value]) => typeof value === 'string' && value !== ''));
  const where = words().prompts.in_project(quoted(texts.enterprise_project_id ?? 'all_granted_eps'));
  const text = `${prompt.text(texts)}\n${where}`;
  return {
    description: prompt.description(),
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
  };
}
