import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, type Installed, Place } from './host.js';
import { ScriptedModel } from './model/scripted-model.js';
import { type Part, partOf, report } from './report.js';
import { ASKED, LISTED, QUESTION, REFUSAL, REFUSED, SCANNED, SCRIPT } from './script.js';

/** What is known of a host, and held against what it does. docs/hosts.md says the same in words. */
export interface Host {
  readonly name: string;
  readonly installed: Installed;
  /** Sets the host up in an empty home, and lets it talk to the model until that has nothing more to say. */
  run(place: Place, model: ScriptedModel): Promise<Finished>;
  /** The first request that it sends to the program. */
  readonly opensWith: string;
  /** The revision that it asks for, or names in each request; several where that depends on how soon the program answers. */
  readonly versions: readonly string[];
  /** What a model is handed of a result. */
  readonly part: Part;
  /** Whether the API that it speaks with the model marks a refused call as an error. */
  readonly marksErrors: boolean;
  /** Whether it says that it can ask the person. */
  readonly asks: boolean;
}

export function testHost(host: Host): void {
  const { missing } = host.installed;
  // A skipped test shows its name: the reason stands in it.
  describe.skipIf(missing)(missing ? `${host.name}: SKIPPED, ${missing}` : host.name, () => {
    let place: Place;
    let model: ScriptedModel;
    let run: Finished;
    beforeAll(async () => {
      place = await Place.make();
      model = await ScriptedModel.start(SCRIPT);
      run = await host.run(place, model);
      report(host.name, place.watch, model);
    });
    afterAll(async () => {
      await model.close();
      place.remove();
    });

    const all = () => `${run.stdout}\n${run.stderr}\nnot understood: ${model.strange.join(', ')}`;

    it('runs to its end, and the model has said all', () => {
      expect(run.code, all()).toBe(0);
      expect(model.shown, all()).toHaveLength(SCRIPT.length);
    });

    it(`connects with ${host.opensWith} of ${host.versions.join(' or ')}`, () => {
      expect(place.watch.opening.first).toBe(host.opensWith);
      expect(host.versions).toContain(place.watch.opening.version);
    });

    it('lists the tools and offers them to the model', () => {
      expect(place.watch.sent('tools/list').length).toBeGreaterThan(0);
      for (const { tool } of SCRIPT) {
        expect(model.offered).toContainEqual(expect.objectContaining({ name: expect.stringContaining(tool) }));
      }
    });

    it(`hands the model the ${host.part} of a result`, () => {
      for (const call of [LISTED, SCANNED]) {
        const { text = '', isError = false } = model.shown[call] ?? {};
        expect(partOf(text), text).toBe(host.part);
        expect(isError).toBe(false);
      }
    });

    it('lets the model start a scan', () => {
      expect(model.shown[SCANNED]?.text).toMatch(/"accepted"\s*:\s*true|HSS accepted the request to scan 1 image/);
    });

    it(`shows a refused call${host.marksErrors ? ', marked as an error' : ' by its text'}`, () => {
      expect(model.shown[REFUSED]?.text).toContain(REFUSAL);
      expect(model.shown[REFUSED]?.isError ?? false).toBe(host.marksErrors);
    });

    it(
      host.asks
        ? 'puts the question of a scan of everything to the person'
        : 'cannot ask, and its model is told what to do instead',
      () => {
        expect(place.watch.opening.elicitation !== 'no').toBe(host.asks);
        if (host.asks) {
          expect(place.watch.questions).toEqual([expect.stringMatching(QUESTION)]);
          expect(place.watch.answers).toEqual([expect.objectContaining({ action: 'accept' })]);
          expect(model.shown[ASKED]?.text).toMatch(/"accepted"\s*:\s*true|HSS accepted the request/);
        } else {
          expect(place.watch.questions).toEqual([]);
          expect(model.shown[ASKED]?.text).toContain('confirm_image_count');
        }
      },
    );

    it('has called nothing but what the script says', () => {
      expect(place.watch.called).toEqual(SCRIPT.map(({ tool }) => tool));
    });
  });
}
