import { quoted } from '../text/clean.js';

/** A conversation starter that clients offer to a person. Nothing depends on it. */
interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly { readonly name: string; readonly description: string; readonly required: boolean }[];
  /** Whether it needs the scan tool. */
  readonly scans: boolean;
  text(values: Readonly<Record<string, string>>): string;
}

const WHERE = {
  name: 'enterprise_project_id',
  description: 'Enterprise project to look in; all_granted_eps when left out.',
  required: false,
};
const scopeOf = (values: Readonly<Record<string, string>>) =>
  `Use enterprise_project_id ${quoted(values.enterprise_project_id ?? 'all_granted_eps')} in every call.`;

const PROMPTS: readonly Prompt[] = [
  {
    name: 'scan_and_triage',
    title: 'Scan images and say what to fix first',
    description: 'Finds images, scans them, waits for the end, and ranks what was found.',
    arguments: [
      {
        name: 'image_name',
        description: 'Part of the image name; never scanned images when left out.',
        required: false,
      },
      WHERE,
    ],
    scans: true,
    text: (values) =>
      [
        values.image_name
          ? `Find the local images whose name contains ${quoted(values.image_name, 512)} with list_local_images.`
          : 'Find the local images that were never scanned with list_local_images (scan_status unscan).',
        'Show me which ones you would scan, leave out those that cannot be scanned, and scan them with batch_scan_local_image once I agree.',
        'Wait with get_local_image_scan_status while call_again is true.',
        'Then tell me, worst first, which vulnerabilities were found, which package of which image has them, and how to fix them.',
        'Say which scans failed and why. Do not call anything safe that a local scan does not look at.',
        scopeOf(values),
      ].join('\n'),
  },
  {
    name: 'what_is_at_risk',
    title: 'Say what is at risk now',
    description: 'Sums up the vulnerabilities of all scanned images, and what was never scanned.',
    arguments: [WHERE],
    scans: false,
    text: (values) =>
      [
        'Tell me what is at risk in our container images now, without starting any scan.',
        'List the Critical and High vulnerabilities with list_local_image_vulnerabilities, and look at the worst three with get_vulnerability_details.',
        'Count the images that were never scanned or whose scan failed with list_local_images: about those nothing is known.',
        'End with the three fixes that help most.',
        scopeOf(values),
      ].join('\n'),
  },
];

/** What `prompts/list` answers; prompts that scan are left out where scanning is. */
export function listPrompts(readOnly: boolean) {
  const offered = PROMPTS.filter((prompt) => !(prompt.scans && readOnly));
  return offered.map(({ name, title, description, arguments: arguments_ }) => ({
    name,
    title,
    description,
    arguments: arguments_,
  }));
}

/** What `prompts/get` answers; undefined for a prompt that is not offered. */
export function getPrompt(name: unknown, values: unknown, readOnly: boolean) {
  const prompt = PROMPTS.find((candidate) => candidate.name === name && !(candidate.scans && readOnly));
  if (!prompt) return undefined;
  const given = Object.entries(typeof values === 'object' && values !== null ? values : {});
  const texts = Object.fromEntries(given.filter(([, value]) => typeof value === 'string' && value !== ''));
  return {
    description: prompt.description,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: prompt.text(texts) } }],
  };
}
