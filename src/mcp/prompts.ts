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
          ? `Select the local images whose name contains ${quoted(values.image_name, 512)} with list_local_images (scannable true, select true).`
          : 'Select the local images that were never scanned with list_local_images (scan_status unscan, scannable true, select true).',
        'Tell me how many there are, and scan the selection with batch_scan_local_image once I agree.',
        'Follow the scan by its scan_id with get_local_image_scan_status while call_again is true.',
        'Then call plan_local_image_fixes with the selection_id, and tell me which upgrades remove most, in which images.',
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
        'Count the images by summarize_local_images with group_by severity_level, and the states of their scans with group_by scan_status: about images that were never scanned nothing is known.',
        'Rank the fixes by plan_local_image_fixes with has_container true, and name the ten worst running images by list_local_images with has_container true and sort_by critical.',
        'Call again what says incomplete, after ready_in seconds, before you name an order.',
        'End with the three fixes that help most.',
        scopeOf(values),
      ].join('\n'),
  },
  {
    name: 'verify_rebuild',
    title: 'Say whether a rebuild fixed it',
    description: 'Compares an image before and after it was built anew.',
    arguments: [
      { name: 'image_name', description: 'Name of the image.', required: true },
      { name: 'cve_id', description: 'A CVE that should be gone.', required: false },
      WHERE,
    ],
    scans: false,
    text: (values) =>
      [
        `Find the versions of the image ${quoted(values.image_name ?? '', 512)} with list_local_images, and say when each was scanned.`,
        'Compare the newest version with the one before it by compare_local_images: what is gone, new and still open.',
        ...(values.cve_id
          ? [
              `Then list which versions still have ${quoted(values.cve_id, 64)}: list_local_images with cve_id and image_name.`,
            ]
          : []),
        'What is not observable, or was never scanned, is not fixed: say so, and that a scan is needed first.',
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
