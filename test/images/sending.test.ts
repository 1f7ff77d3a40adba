import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.js';
import type { HssClient } from '../../src/hss/client.js';
import type { LocalImageBatchScanRequestBody } from '../../src/hss/models.js';
import { Sendings } from '../../src/images/sending.js';
import { Scans } from '../../src/workspace/scans.js';
import { Selections } from '../../src/workspace/selections.js';

const REGION = 'cn-north-4';

/** What becomes of a request: what HSS did, and what the program was told. */
type Fate = 'accepted' | 'refused' | 'not_sent' | 'lost after' | 'lost before';

/** HSS, with a fate for each request in turn; it keeps what it really carried out. */
function hssWith(fates: readonly Fate[], delayMs = 0) {
  const scanned: string[] = [];
  let turn = 0;
  const hss = {
    async batchScanLocalImage({ image_info_list = [] }: LocalImageBatchScanRequestBody) {
      const fate = fates[turn] ?? 'accepted';
      turn += 1;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (fate === 'accepted' || fate === 'lost after')
        scanned.push(...image_info_list.map(({ image_id = '' }) => image_id));
      if (fate === 'accepted') return { requestId: `r${turn}`, acceptedAt: new Date() };
      const effect = fate === 'refused' || fate === 'not_sent' ? fate : 'uncertain';
      throw new Failure(`It was ${fate}.`, { source: 'passing', effect, retry: false, next: 'Look first.' });
    },
  } as unknown as HssClient;
  return { hss, scanned, requests: () => turn };
}

const fate = fc.constantFrom<Fate>('accepted', 'refused', 'not_sent', 'lost after', 'lost before');

function begin(count: number, hss: HssClient) {
  const selections = new Selections();
  const images = Array.from({ length: count }, (_, index) => ({ image_id: `image-${index}` }));
  const selection = selections.add({ images, origin: 'filters', region: REGION });
  const sending = new Sendings().of(selection, images);
  const scans = new Scans();
  const scope = () => ({ region: REGION, signal: new AbortController().signal, deadline: performance.now() + 46_000 });
  const send = (deadlineMs = 46_000) =>
    sending
      .send({}, { ...scope(), deadline: performance.now() + deadlineMs }, { hss, log: () => {}, projectId: 'p' }, scans)
      .catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
      });
  return { sending, scans, images, send };
}

describe('the sending of a selection', () => {
  it('never scans an image twice, and loses none that was not taken, whatever becomes of each batch', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2_600 }),
        fc.array(fate, { maxLength: 12 }),
        fc.integer({ min: 1, max: 14 }),
        async (count, fates, calls) => {
          const { hss, scanned } = hssWith(fates);
          const { sending, images, send } = begin(count, hss);
          for (let call = 0; call < calls; call += 1) await send();
          expect(new Set(scanned).size).toBe(scanned.length);
          // What HSS carried out is said to be accepted or uncertain, and nothing else is said to be accepted.
          const said = new Map(
            sending.outcomes.flatMap(({ first, last, outcome }) =>
              images.slice(first, last + 1).map(({ image_id }) => [image_id, outcome] as const),
            ),
          );
          expect(said.size).toBe(count);
          const done = new Set(scanned);
          const may = (outcome: string) => outcome === 'accepted' || outcome === 'uncertain';
          const wrong = [...said].filter(([image, outcome]) =>
            done.has(image) ? !may(outcome) : outcome === 'accepted',
          );
          expect(wrong).toEqual([]);
          // With calls enough nothing that may be sent is left.
          if (calls > 13) expect([...said.values()].filter((outcome) => !may(outcome))).toEqual([]);
          // What may run is followed.
          const parts = sending.scan?.parts ?? [];
          const followed = new Set(parts.flatMap(({ images: own }) => own.map(({ image_id }) => image_id)));
          expect(scanned.filter((image) => !followed.has(image))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is done once by calls at the same time', async () => {
    const { hss, scanned, requests } = hssWith([], 5);
    const { sending, send } = begin(1_300, hss);
    await Promise.all([send(), send(), send()]);
    expect(requests()).toBe(3);
    expect(scanned).toHaveLength(1_300);
    expect(sending.isWhole).toBe(true);
    await send();
    expect(requests()).toBe(3);
  });

  it('begins no batch that the time of the call is too short for', async () => {
    const { hss, requests } = hssWith([]);
    const { sending, send } = begin(1_300, hss);
    await send(4_000);
    expect(requests()).toBe(1);
    expect(sending.outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'not_sent', 'not_sent']);
    await send();
    expect(sending.isWhole).toBe(true);
    expect(sending.scan?.parts).toHaveLength(3);
  });
});
