import { randomUUID } from 'node:crypto';
import { wordsIn } from '../words/words.js';
import { imageLabel, type Renderer, type ReportGroup, type ReportImage, type ReportVulnerability } from './report.js';

const SOURCE = { name: 'Huawei Cloud HSS' };

/**
 * CycloneDX 1.6: a component an image, and a vulnerability with one `affects` a finding. The state of an analysis belongs
 * to a vulnerability and not to an image, so that those images where somebody decided about it stand in an entry of their
 * own.
 */
export const renderCycloneDx: Renderer = function* (report, { language }) {
  const { decided } = wordsIn(language).report;
  const { title, program, generated_at, incomplete, scope, images } = report;
  const refs = new Map(images.map((image, number) => [image, `image-${number}`]));
  const properties = Object.entries({ ...scope, ...(incomplete && { incomplete }) });
  const metadata = {
    timestamp: generated_at,
    tools: { components: [{ type: 'application', name: program.name, version: program.version }] },
    component: { type: 'application', 'bom-ref': 'estate', name: title },
    properties: properties.map(([name, value]) => ({ name: `${program.name}:${name}`, value: String(value) })),
  };
  yield '{"$schema":"http://cyclonedx.org/schema/bom-1.6.schema.json","bomFormat":"CycloneDX","specVersion":"1.6",';
  yield `"serialNumber":"urn:uuid:${randomUUID()}","version":1,\n"metadata":${JSON.stringify(metadata)},\n`;
  const aggregate = incomplete ? 'incomplete' : 'unknown';
  yield `"compositions":${JSON.stringify([{ aggregate, assemblies: ['estate'] }])},\n"components":[\n`;
  let before = '';
  for (const [image, ref] of refs) {
    yield `${before}${JSON.stringify(componentOf(image, ref))}`;
    before = ',\n';
  }
  yield '\n],\n"vulnerabilities":[\n';
  before = '';
  for (const group of report.groups()) {
    for (const state of ['open', 'handled'] as const) {
      const entry = entryOf(group, state, refs, decided);
      if (!entry) continue;
      yield `${before}${JSON.stringify(entry)}`;
      before = ',\n';
    }
  }
  yield '\n]}\n';
};

function componentOf(image: ReportImage, ref: string): object {
  const { image_name, image_version, image_digest = '', image_id, scan_status, latest_scan_time, containers } = image;
  const [sha256] = /[0-9a-f]{64}$/.exec(image_digest.toLowerCase()) ?? [];
  const properties = Object.entries({ image_id, image_digest, scan_status, latest_scan_time, containers });
  return {
    type: 'container',
    'bom-ref': ref,
    name: image_name || imageLabel(image),
    ...(image_version && { version: image_version }),
    ...(sha256 && { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
    properties: properties.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: String(value) }])),
  };
}

function entryOf(
  { vulnerability, ...group }: ReportGroup,
  state: 'open' | 'handled',
  refs: ReadonlyMap<ReportImage, string>,
  decided: string,
): object | undefined {
  const affects = Array.from(group[state], (image) => ({ ref: refs.get(image) ?? 'estate' }));
  if (affects.length === 0) return undefined;
  const { type, vul_id, severity_level, max_cvss_score, description, fix } = vulnerability;
  return {
    'bom-ref': `${state} ${type} ${vul_id}`,
    id: vul_id,
    source: SOURCE,
    references: referencesOf(vulnerability),
    ratings: [
      {
        source: SOURCE,
        severity: severity_level.toLowerCase(),
        ...(max_cvss_score !== undefined && { score: max_cvss_score, method: 'other' }),
      },
    ],
    ...(description && { description }),
    ...(fix && { recommendation: fix }),
    // A decision takes no vulnerability away: whoever reads this must not take it for one that is not there.
    analysis:
      state === 'open'
        ? { state: 'in_triage' }
        : {
            state: 'exploitable',
            response: ['will_not_fix'],
            detail: decided,
          },
    affects,
  };
}

function referencesOf({ vul_id, cve_ids }: ReportVulnerability): object[] {
  const others = new Set(cve_ids.filter((id) => id !== vul_id));
  return Array.from(others, (id) => ({ id, source: { name: 'CVE' } }));
}
