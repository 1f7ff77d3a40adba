import type { FaultKind } from '../../src/sandbox/faults.js';
import type { Answer } from './client.js';
import { HELD_IMAGE, IMAGES } from './orders.js';

/** One call, and what only its own answer can say. */
export interface Question {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Scans that HSS carries out for it. */
  readonly scans: number;
  readonly isRight: (answer: Answer) => boolean;
}

/** What goes wrong at HSS with a call: `times` says how often in a row. */
type CallFault = FaultKind & { readonly times?: number };

const VULNERABILITIES = ['CVE-2021-44228', 'CVE-2021-45046', 'CVE-2022-22965', 'CVE-2022-1471'];
const HTML = '<html><body>502 Bad Gateway</body></html>';

/** A text that stands in no other call. It ends with a letter, so that none is the beginning of another. */
export const markOf = (index: number) => `soak-${index}x`;

/** How often each kind of call comes, in a hundred. The rest is left to the calls that are cancelled and the faulty ones. */
const MIX: readonly (readonly [share: number, make: (index: number) => Question])[] = [
  [32, status],
  [20, list],
  [20, scan],
  [7, vulnerabilitiesOfOneImage],
  [6, vulnerability],
  [6, details],
  [6, wrong],
];
const SLOTS = MIX.flatMap(([share, make]) => Array.from({ length: share }, () => make));

/** What the call with this number is: an ordinary one, one that is cancelled, or one at which HSS fails. */
export function kindOf(index: number): 'ordinary' | 'cancelled' | 'faulty' {
  const slot = slotOf(index);
  if (slot < SLOTS.length) return 'ordinary';
  return slot === 99 ? 'faulty' : 'cancelled';
}

export function ordinary(index: number): Question {
  return (SLOTS[slotOf(index) % SLOTS.length] ?? status)(index);
}

/** Spreads the kinds over every hundred: 37 and 100 have no common factor. */
function slotOf(index: number): number {
  return (index * 37) % 100;
}

/** An image that HSS does not know: the answer names it. */
function status(index: number): Question {
  const image_name = markOf(index);
  return {
    tool: 'get_local_image_scan_status',
    arguments: { images: [{ image_name }] },
    scans: 0,
    isRight: (answer) => equal(structured(answer)?.images_not_found, [{ image_name }]),
  };
}

function list(index: number): Question {
  const tool = 'list_local_images';
  const round = Math.floor(index / 100);
  const image = pick(IMAGES, round);
  if (round % 3 === 0) {
    // Beyond the last row the answer names the offset, and every call has one of its own.
    const offset = 1_000 + index;
    const note = `offset ${offset} is beyond the last of`;
    return { tool, arguments: { offset }, scans: 0, isRight: (answer) => textOf(answer).includes(note) };
  }
  if (round % 3 === 1) {
    const offset = index % 5;
    const limit = 1 + (round % 4);
    return {
      tool,
      arguments: { offset, limit },
      scans: 0,
      isRight: (answer) =>
        rows(answer, 'images').length === limit && structured(answer)?.next_offset === offset + limit,
    };
  }
  return {
    tool,
    arguments: { image_name: image.image_name },
    scans: 0,
    isRight: (answer) => rows(answer, 'images').some((row) => row.image_id === image.image_id),
  };
}

/** A scan of 1 to 7 images, one of them real, the `others` named after the call. */
function scan(index: number, others = index % 7): Question {
  const mark = markOf(index);
  const { image_id, image_digest, image_name, image_version } = pick(IMAGES, index);
  const invented = Array.from({ length: others }, (_, number) => ({ image_name: `${mark}-${number}` }));
  const image_info_list = [{ image_id, image_digest, image_name, image_version }, ...invented];
  return {
    tool: 'batch_scan_local_image',
    arguments: { image_info_list },
    scans: 1,
    isRight: (answer) => {
      const { accepted, image_count } = structured(answer) ?? {};
      // Without an id nobody could tell that two calls were given the same answer.
      const named = requestIdOf(answer) !== undefined;
      return accepted === true && image_count === image_info_list.length && named;
    },
  };
}

function vulnerabilitiesOfOneImage(index: number): Question {
  const image_id = markOf(index);
  return {
    tool: 'list_local_image_vulnerabilities',
    arguments: { image_id, severity_level: 'Critical', type: 'app_vul', vul_id: VULNERABILITIES[0] },
    scans: 0,
    isRight: (answer) => isError(answer) && textOf(answer).includes(`image_id ${JSON.stringify(image_id)}`),
  };
}

function vulnerability(index: number): Question {
  const known = pick(VULNERABILITIES, index);
  const unknown = markOf(index);
  const call = (vul_id: string, isRight: Question['isRight']): Question => ({
    tool: 'get_vulnerability_details',
    arguments: { vul_id, type: 'app_vul' },
    scans: 0,
    isRight,
  });
  if (index % 2 === 0) return call(known, (answer) => rows(answer, 'cves')[0]?.cve_id === known);
  return call(unknown, (answer) => isError(answer) && textOf(answer).includes(JSON.stringify(unknown)));
}

function details(index: number): Question {
  const { image_id, image_name } = pick(IMAGES, Math.floor(index / 100));
  return {
    tool: 'get_local_image_details',
    arguments: { image_id, image_name },
    scans: 0,
    isRight: (answer) => (structured(answer)?.image as Row | undefined)?.image_id === image_id,
  };
}

/** Arguments and a tool that do not exist; the answer quotes them. */
function wrong(index: number): Question {
  const mark = markOf(index);
  const quotes = (answer: Answer) => isError(answer) && textOf(answer).includes(mark);
  const call = (tool: string, arguments_: object): Question => ({
    tool,
    arguments: { ...arguments_ },
    scans: 0,
    isRight: quotes,
  });
  switch (Math.floor(index / 100) % 3) {
    case 0:
      return call('list_local_images', { [mark]: 1 });
    case 1:
      return call('batch_scan_local_image', { image_info_list: [{ image_name: 'a' }], operate_all: mark });
    default:
      return call(mark, {});
  }
}

/** A call that never comes to its end by itself: HSS hangs, or the scan that it waits for does not end. */
export function endless(index: number): Question & { readonly fault?: CallFault } {
  const [read, act] = [status(index), scan(index, 6)];
  const wait = { images: [{ image_id: HELD_IMAGE.image_id }], wait_seconds: 45 };
  return pick<ReturnType<typeof endless>>(
    [
      { ...read, fault: { kind: 'hang', carryOut: false } },
      { ...act, fault: { kind: 'hang', carryOut: true } },
      { ...act, fault: { kind: 'hang', carryOut: false }, scans: 0 },
      { ...read, arguments: wait },
    ],
    Math.floor(index / 100),
  );
}

/** A call at which HSS fails. What passes is tried again, a scan only when it certainly was not carried out. */
export function faulty(index: number): Question & { readonly fault: CallFault } {
  const [read, act] = [status(index), scan(index, 6)];
  const mark = markOf(index);
  const marked = { 'X-Request-Id': mark };
  const quoted = (answer: Answer) => isError(answer) && textOf(answer).includes(mark);
  const uncertain = (answer: Answer) => isError(answer) && textOf(answer).includes('A scan may have started');
  const faults: ReturnType<typeof faulty>[] = [
    { ...read, fault: { kind: 'respond', status: 503, times: 2 } },
    { ...read, fault: { kind: 'respond', status: 503, headers: marked, times: 3 }, isRight: quoted },
    { ...read, fault: { kind: 'reset-before' } },
    { ...read, fault: { kind: 'truncate' } },
    { ...read, fault: { kind: 'respond', status: 200, headers: marked, body: HTML }, isRight: quoted },
    { ...act, fault: { kind: 'respond', status: 503, times: 2 } },
    { ...act, fault: { kind: 'reset-before' }, scans: 0, isRight: uncertain },
    { ...act, fault: { kind: 'reset-after' }, isRight: uncertain },
    { ...act, fault: { kind: 'truncate' }, isRight: uncertain },
    {
      ...act,
      fault: { kind: 'respond', status: 200, headers: marked, body: HTML },
      scans: 0,
      isRight: (answer) => quoted(answer) && uncertain(answer),
    },
  ];
  return pick(faults, Math.floor(index / 100));
}

type Row = Readonly<Record<string, unknown>>;

function structured(answer: Answer): Row | undefined {
  return answer.result?.structuredContent;
}

function rows(answer: Answer, name: string): readonly Row[] {
  return (structured(answer)?.[name] ?? []) as readonly Row[];
}

function isError({ error, result }: Answer): boolean {
  return error !== undefined || result?.isError === true;
}

function textOf({ error, result }: Answer): string {
  return error?.message ?? result?.content[0]?.text ?? '';
}

/** The id under which HSS took a scan request; undefined for any other answer. */
export function requestIdOf(answer: Answer): string | undefined {
  return (structured(answer)?.request_ids as string[] | undefined)?.[0];
}

function equal(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('an empty list');
  return item;
}
