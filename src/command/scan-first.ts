import { badInput, badSettings, Failure } from '../failure.js';
import { fitsFilter, matching, readForFilter } from '../findings/chosen-images.js';
import { orFailure } from '../findings/completeness.js';
import { FindingsStore } from '../findings/findings-store.js';
import type { LocalImage } from '../hss/models.js';
import { agreed, denied } from '../images/consent.js';
import { SearchMemory } from '../images/find.js';
import { asFollowed, lookAtImages, type ScanSnapshot } from '../images/follow.js';
import { assertNotEmpty, type ImagesOrder, orderOf } from '../images/order.js';
import { tooMany } from '../images/resolve.js';
import { Sending } from '../images/sending.js';
import { waitFor } from '../images/wait.js';
import { scanQuestion } from '../present/scan-question.js';
import { indexOf } from '../tools/fields.js';
import type { ReportQuery } from '../tools/gather-report.js';
import { sentences } from '../words/prose.js';
import { words } from '../words/words.js';
import type { Scan } from '../workspace/scans.js';
import { MOST_SELECTED } from '../workspace/selections.js';
import { Persistence, type Session } from './session.js';

/** How long one wait for scans lasts, in ms: as long as that of a call. */
const WAIT_MS = 45_000;

/**
 * Scans the images that the report is of, and waits until every scan has ended. It obeys the settings and asks as the
 * tool does.
 * @throws {Failure} when nothing may be scanned, nobody agreed, or HSS did not take all of them.
 */
export async function scanFirst(filter: ReportQuery['filter'], session: Session): Promise<void> {
  const { config, workspace } = session;
  if (config.readOnly) throw readOnly();
  if (config.scanAll === 'deny') throw denied('--scan');
  const images = await imagesOf(filter, session);
  if (images.length > MOST_SELECTED) throw tooMany(images.length);
  const scope = session.scope();
  const { region, enterpriseProjectId } = scope;
  const selection = workspace.selections.add({ images, origin: 'filters', region, enterpriseProjectId });
  const maker = { hss: session.connected.hss, selections: workspace.selections, scanFilters: 'resolve' } as const;
  const order = await orderOf({}, selection, scope, maker);
  if (order.kind !== 'images') throw new TypeError('a selection is a list of images');
  assertNotEmpty(order, scope);
  await assertAgreed(order, filter, session);
  const scan = await sendAll(order, session);
  const { finished, failed } = await followToEnd(scan, session);
  const { leftOut } = order;
  const said = words().scan_first.scanned(order.images.length, finished, failed, leftOut.length);
  process.stderr.write(`${said}\n`);
}

/** Every image that the filter matches; the index that they are read into is not that of the report, which is read after. */
async function imagesOf(filter: ReportQuery['filter'], session: Session): Promise<LocalImage[]> {
  const { connected, log, line } = session;
  const findings = new FindingsStore(connected.hss, log, connected.paces);
  const persistence = new Persistence(session.scope);
  try {
    const index = await indexOf(session.scope(), { hss: connected.hss, findings });
    for (;;) {
      const found = orFailure(await readForFilter(index, filter, session.scope()));
      const { complete, failure, images, readyInSeconds: readyIn } = found;
      if (complete) return matching(index.store, await fitsFilter(index.store, filter)).map(({ row }) => row);
      line.show(words().command.reading_images, images.read, images.of ?? images.read);
      const goesOn = await persistence.again({ passes: failure === undefined, read: images.read, readyIn });
      if (!goesOn) throw failure ?? unread();
    }
  } finally {
    line.end();
    findings.close();
  }
}

/** @throws {Failure} when nobody agreed to exactly these images. */
async function assertAgreed(order: ImagesOrder, filter: object, session: Session): Promise<void> {
  const { flags, config, ask } = session;
  const count = order.images.length;
  const confirmed = flags.confirm_image_count;
  // A number that was given holds whatever the settings say: who counted others means others.
  if (confirmed !== undefined && confirmed !== count) throw notConfirmed(count, confirmed);
  if (confirmed === count || config.scanAll === 'allow') return;
  if (!ask) throw notConfirmed(count, undefined);
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const asked = { ...order, mode: isNarrowed ? 'all_with_filters' : 'all' } as const;
  const answer = await ask(`${scanQuestion(asked, filter, session.scope())}\n[y/N] `);
  agreed(/^\s*(y|yes|是)\s*$/i.test(answer) ? 'accept' : 'decline', count, undefined);
}

/** Sends every batch, waiting where the limit of requests wants it. */
async function sendAll({ selection, images }: ImagesOrder, session: Session): Promise<Scan> {
  const { connected, workspace, log, line } = session;
  const scope = session.scope();
  const sender = { hss: connected.hss, log, projectId: await connected.hss.projectId(scope.region, scope) };
  const sending = new Sending(selection, images);
  const persistence = new Persistence(session.scope);
  for (;;) {
    const thrown = await sending.send({}, session.scope(), sender, workspace.scans).catch((error: unknown) => error);
    if (thrown !== undefined && !(thrown instanceof Failure)) throw thrown;
    if (sending.isWhole && sending.scan) return sending.scan;
    line.show(words().command.asking, sending.accepted, images.length);
    const failure = thrown ?? sending.outcomes.find((outcome) => outcome.failure)?.failure;
    const { retry = true, readyIn } = failure?.details ?? {};
    const isPlain = sending.outcomes.every(({ outcome }) => outcome !== 'uncertain');
    const goesOn = isPlain && retry && (await persistence.again({ passes: !failure, read: sending.accepted, readyIn }));
    if (goesOn) continue;
    line.end();
    throw partly(sending.accepted, images.length, failure);
  }
}

async function followToEnd({ parts = [] }: Scan, session: Session): Promise<ScanSnapshot> {
  const { connected, workspace, line } = session;
  const memory = new SearchMemory();
  const persistence = new Persistence(session.scope);
  const follower = { hss: connected.hss, seenRunning: workspace.seenRunning, memory };
  const total = parts.reduce((sum, { images }) => sum + images.length, 0);
  const ended = ({ finished, failed, cannot_be_scanned }: ScanSnapshot) => finished + failed + cannot_be_scanned;
  const show = (snapshot: ScanSnapshot) => line.show(words().command.ended, ended(snapshot), total);
  let seen: ScanSnapshot | undefined;
  try {
    for (;;) {
      const scope = session.scope();
      try {
        seen = await waitFor(() => lookAtImages(asFollowed(parts), scope, follower), WAIT_MS, scope, show, seen);
        if (!seen.open) return seen;
        show(seen);
        const wait = (seen.nextLookAt ?? 0) - performance.now();
        if (wait > 0) await persistence.wait(wait / 1000);
      } catch (error) {
        if (!(error instanceof Failure) || !error.details.retry) throw error;
        const { readyIn } = error.details;
        if (!(await persistence.again({ passes: false, read: seen ? ended(seen) : 0, readyIn }))) throw error;
      }
    }
  } finally {
    line.end();
  }
}

function readOnly(): Failure {
  const { scan_first } = words();
  return badSettings(scan_first.read_only, scan_first.change_read_only);
}

function notConfirmed(count: number, confirmed: number | undefined): Failure {
  const { scan_first } = words();
  return badInput(scan_first.not_confirmed(count, confirmed), scan_first.confirm(count));
}

function unread(): Failure {
  const { scan_first } = words();
  return new Failure(scan_first.unread, {
    source: 'passing',
    effect: 'not_sent',
    retry: true,
    next: scan_first.try_later,
  });
}

/** What HSS took goes on there; a report of a scan that is not whole would say something else than it seems to. */
function partly(accepted: number, all: number, failure: Failure | undefined): Failure {
  if (accepted === 0 && failure) return failure;
  const { scan_first } = words();
  return new Failure(sentences([scan_first.partly(accepted, all), failure?.message]), {
    ...(failure?.details ?? { source: 'passing', retry: false }),
    effect: 'uncertain',
    next: scan_first.rest,
  });
}
