import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { RENDERED_FORMATS, type RenderedFormat, rendererOf } from '../../src/report/formats.js';
import type { Report } from '../../src/report/report.js';
import { clean } from '../../src/text/clean.js';
import { useTimeZone } from '../../src/text/zone.js';
import { hostileText } from '../support/hostile.js';
import { reportOf } from './sample.js';
import { cycloneDxSchema, sarifSchema } from './schemas.js';

async function rendered(format: RenderedFormat, report: Report, language: 'en' | 'zh' = 'en'): Promise<string> {
  return [...(await rendererOf(format))(report, { language })].join('');
}

const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  '=HYPERLINK("http://evil.invalid","x")',
  '@SUM(1+1)*cmd|calc!A0',
  '+1;=1+1',
  '＝1+1',
  '-2+3',
  '| a | b |\\',
  '[x](javascript:alert(1)) ![i](https://evil.invalid/i.png) `x`',
  '../../../etc/passwd',
  '</style></title><base href="https://evil.invalid">',
  'a,b"c;d',
  clean('x'.repeat(100_000)),
  '镜像🐳',
];

describe('the times of a report', () => {
  afterEach(() => useTimeZone('UTC'));

  it.each(['markdown', 'html'] as const)('are those of the zone for people, in %s', async (format) => {
    const report = reportOf('plain', {
      changes: {
        baseline: 'b',
        baseline_as_of: '2026-01-01T00:00:00Z',
        new: 0,
        still_open: 0,
        handled: 0,
        gone_findings: [],
      },
    });
    const inUtc = await rendered(format, report);
    useTimeZone('Asia/Shanghai');
    const there = (await rendered(format, report)).replaceAll('\\', '');
    for (const time of ['2026-01-02T11:04:05.678+08:00', '2026-01-02T11:04:05+08:00', '2026-01-01T08:00:00+08:00'])
      expect(there).toContain(time);
    expect(there).not.toMatch(/T\d\d:\d\d:\d\d(\.\d+)?Z/);
    expect(inUtc.replaceAll('\\', '')).toContain('2026-01-02T03:04:05.678Z');
  });

  it.each(['csv', 'json', 'sarif', 'cyclonedx'] as const)('stay those of UTC for programs, in %s', async (format) => {
    // The number of a CycloneDX file is drawn anew each time.
    const once = async () => (await rendered(format, reportOf('plain'))).replace(/urn:uuid:[\w-]+/, '');
    const inUtc = await once();
    useTimeZone('Asia/Shanghai');
    expect(await once()).toBe(inUtc);
  });
});

describe('SARIF and CycloneDX', () => {
  const schemas = { sarif: sarifSchema(), cyclonedx: cycloneDxSchema() };

  it.each(['sarif', 'cyclonedx'] as const)('%s validates, whatever the names are', async (format) => {
    const validate = schemas[format];
    for (const text of [...NASTY, 'plain']) {
      for (const more of [{}, { incomplete: text }, { images: [], groups: () => [] }]) {
        validate(JSON.parse(await rendered(format, reportOf(text, more))));
        expect(validate.errors ?? []).toEqual([]);
      }
    }
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        validate(JSON.parse(await rendered(format, reportOf(clean(text) || 'x'))));
        expect(validate.errors ?? []).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('would not validate otherwise', () => {
    expect(schemas.sarif({ version: '2.1.0', runs: [{}] })).toBe(false);
    expect(schemas.cyclonedx({ bomFormat: 'CycloneDX', specVersion: '1.6', vulnerabilities: [{ id: 1 }] })).toBe(false);
  });

  it('say which findings somebody decided about, and never that they are gone', async () => {
    const sarif = JSON.parse(await rendered('sarif', reportOf('a')));
    const results = sarif.runs[0].results as { suppressions?: { kind: string }[] }[];
    expect(results.map(({ suppressions }) => suppressions?.[0]?.kind)).toEqual([undefined, 'external']);
    const bom = JSON.parse(await rendered('cyclonedx', reportOf('a')));
    const entries = bom.vulnerabilities as { analysis: { state: string }; affects: { ref: string }[] }[];
    expect(entries.map(({ analysis, affects }) => [analysis.state, affects])).toEqual([
      ['in_triage', [{ ref: 'image-0' }]],
      ['exploitable', [{ ref: 'image-1' }]],
    ]);
  });

  it('say in themselves that not everything was read', async () => {
    const sarif = JSON.parse(await rendered('sarif', reportOf('a', { incomplete: 'half' })));
    expect(sarif.runs[0].invocations[0]).toMatchObject({ executionSuccessful: false });
    const bom = JSON.parse(await rendered('cyclonedx', reportOf('a', { incomplete: 'half' })));
    expect(bom.compositions[0].aggregate).toBe('incomplete');
    expect(JSON.stringify(bom.metadata)).toContain('half');
  });

  it('lead to no other place by the name of an image', async () => {
    for (const text of NASTY) {
      const sarif = JSON.parse(await rendered('sarif', reportOf(text)));
      const { uri } = sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
      expect(new URL(uri, 'file:///a/b/').href).toMatch(/^file:\/\/\/a\/b\/./);
    }
  });
});

describe('CSV', () => {
  it.each(NASTY)('reads back to the same rows, and runs nothing: %s', async (text) => {
    const rows = parse(await rendered('csv', reportOf(text)), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ state }) => state)).toEqual(['open', 'handled']);
    const [row = {}] = rows;
    for (const name of ['image_name', 'image_version', 'vul_id', 'fix']) {
      expect(row[name]).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠|%]|[;\t]\s*[=+\-@]/);
      // All that was added is the apostrophe that makes it a text.
      expect(row[name]?.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
    }
    expect(row).toMatchObject({ severity_level: 'Critical', containers: '1', max_cvss_score: '9.8' });
  });
});

describe('HTML', () => {
  it.each(NASTY)('has no mark, no script and no address of the data: %s', async (text) => {
    for (const language of ['en', 'zh'] as const) {
      const html = await rendered('html', reportOf(text, { incomplete: text }), language);
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(visible(html)).not.toMatch(/\s(href|src|srcset|action|style|on\w+)\s*=/i);
      expect(html.match(/<(img|a|base|iframe|link|object|form|image|use)\b/gi)).toBeNull();
      expect(html).toContain("default-src 'none'");
    }
  });
});

/** The tags of a page: what stands between them is text. */
function visible(html: string): string {
  return (html.replace(/<script>[\s\S]*<\/script>/, '').match(/<[^>]*>/g) ?? [])
    .map((tag) => tag.replace(/"[^"]*"/g, '""'))
    .join('');
}

describe('Markdown', () => {
  it.each(NASTY)('shows a name as it is: %s', async (text) => {
    const page = await rendered('markdown', reportOf(text));
    expect(page).not.toMatch(/<(?!!)[a-z/]/i);
    expect(page).not.toMatch(/(?<!\\)\]\(|https?:\/\//);
    const widths = new Set<number>();
    for (const line of page.split('\n').filter((each) => each.startsWith('|'))) {
      widths.add(line.replace(/\\[\s\S]/g, '').split('|').length);
    }
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(4);
  });
});

describe('every format', () => {
  it.each(RENDERED_FORMATS)('%s comes in pieces', async (format) => {
    const pieces = [...(await rendererOf(format))(reportOf('a'), { language: 'zh' })];
    expect(pieces.length).toBeGreaterThan(2);
  });

  it.each(['markdown', 'html'] as const)('%s says in itself that not everything was read', async (format) => {
    const page = await rendered(format, reportOf('a', { incomplete: 'half was read' }));
    expect(page).toMatch(/Not everything was read/);
    expect(page).toContain('half was read');
  });
});
