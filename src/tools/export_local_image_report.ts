import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { SEVERITIES } from '../hss/models.js';
import { keyOf } from '../images/identity.js';
import type { Found } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { withChanges } from '../report/baseline.js';
import { openFolder } from '../report/folder.js';
import { EXTENSIONS, MIME_TYPES, REPORT_FORMATS, type RenderedFormat, rendererOf } from '../report/formats.js';
import { postureOf, sumOf } from '../report/posture.js';
import type { Report } from '../report/report.js';
import { reportName, type Written, writeWhole } from '../report/write.js';
import { words } from '../words/words.js';
import type { Selection } from '../workspace/selections.js';
import { exportNotes, exportSelectionOf, writeExport } from './export-by-hss.js';
import { chosenOf, indexOf, scopeFields, selectionField, text } from './fields.js';
import { gatherReport, needsUpgrades, reportScope } from './gather-report.js';
import { defineTool, type ToolContext } from './tool.js';

/** Time of a call that is left for writing, in ms. */
const TO_WRITE_MS = 8_000;
/** Lines of the file that the answer shows, and how much of each. */
const FIRST_LINES = 5;
const MOST_OF_A_LINE = 200;

const input = z.strictObject({
  format: z
    .enum(REPORT_FORMATS)
    .describe("markdown, html: for people. hss: HSS's own ZIP. The others hold every finding."),
  severity_level: z.enum(SEVERITIES).optional().describe('At least this severe. Default Low: all.'),
  image_name: text(512).optional().describe('Part of the image name.'),
  host_name: text(256).optional().describe('Part of a host name.'),
  has_container: z.boolean().optional().describe('Containers run from it.'),
  title: text(200).optional().describe('Title of the report.'),
  baseline: text(256).optional().describe('File name of an earlier json report: adds new, gone, still open.'),
  selection_id: selectionField,
  ...scopeFields,
});

const output = {
  path: z.string().optional().describe('Absent: not written yet.'),
  rows: z.int().optional(),
  first_lines: z.array(z.looseObject({})).optional(),
};

/** Writes a report of images and findings into the folder of the reports. */
export const exportLocalImageReport = defineTool({
  name: 'export_local_image_report',
  title: 'Export a report of local images',
  description:
    'Writes local images with their open and handled findings to a file, and gives path and counts. For audits, pages to show, SARIF 2.1.0, CycloneDX 1.6, or what changed since an earlier report. ' +
    'HSS is not changed, but hss leaves a task there. Nothing is written before everything was read: call again.',
  readOnly: true,
  writesFile: true,
  input,
  output,
  example: { format: 'html', severity_level: 'High', enterprise_project_id: 'all_granted_eps' },

  async run(arguments_, context) {
    const { format, severity_level, image_name, host_name, has_container, title, baseline } = arguments_;
    const { language, reportDir } = context.behaviour;
    if (format === 'hss') return exportByHss(arguments_, context);
    const { scope, selection } = chosenOf(arguments_, context);
    // Before anything is read: who waits for a report must not learn at its end that it cannot be written.
    const folder = await openFolder(reportDir);
    const index = await indexOf(scope, context);
    const filter = { image_name, host_name, has_container };
    const gathered = await gatherReport(
      index,
      {
        filter: { ...filter, among: selection?.images },
        least: severity_level ?? 'Low',
        title,
        scope: { ...reportScope(scope, filter), ...(selection && { selection: selectedText(selection) }) },
        sandbox: context.connection.sandbox,
        upgrades: needsUpgrades(format),
        language,
      },
      // The rest of the time of the call is for writing.
      { ...scope, deadline: scope.deadline - TO_WRITE_MS },
      (done, total) => context.progress(done, total, words().exporting.reading),
    );
    const { incomplete } = gathered;
    if (incomplete && gathered.passes) {
      return {
        scope,
        summary: words().exporting.not_yet,
        next: words().exporting.call_again,
        incomplete,
      };
    }
    const report = baseline ? await withChanges(gathered.report, folder, baseline) : gathered.report;
    const counts = countsOf(report);
    const path = join(folder, reportName(new Date(), EXTENSIONS[format], !incomplete));
    const render = await rendererOf(format);
    const written = await writeWhole(path, render(report, { language }), context.limits.signal);
    const { gone_findings: _, ...changes } = report.changes ?? { gone_findings: [] };
    return {
      scope,
      summary: words().exporting.written(counts.rows, counts.images, format),
      facts: { path, bytes: written.bytes, as_of: report.as_of, ...counts, ...(report.changes && { changes }) },
      tables: [firstLines(format, written)],
      notes: incomplete ? [words().exporting.not_whole] : [],
      file: { path, mimeType: MIME_TYPES[format] },
      next: words().exporting.tell_path,
      incomplete,
    };
  },
});

/** A selection by what it holds: ids are given anew by each process, and as many others are another one. */
function selectedText({ images }: Selection): string {
  const keys = images.map(keyOf).sort();
  const print = createHash('sha256').update(JSON.stringify(keys)).digest('hex').slice(0, 8);
  // The same in every language: an earlier report is told by it.
  return `${images.length} (${print})`;
}

/** Has HSS make its own file, and hands it over as it comes. */
async function exportByHss(arguments_: z.output<typeof input>, context: ToolContext): Promise<Found> {
  const { behaviour, hssExports, limits } = context;
  const wanted = exportSelectionOf(arguments_, behaviour);
  const { scope } = chosenOf(arguments_, context);
  const folder = await openFolder(behaviour.reportDir);
  const deadline = scope.deadline - TO_WRITE_MS;
  const exported = await hssExports.get(wanted, { ...scope, deadline }, (done, total) =>
    context.progress(done, total, words().hss_export.making),
  );
  const { rows } = exported;
  if (exported.kind === 'running') {
    return {
      scope,
      summary: words().hss_export.not_yet,
      next: words().hss_export.call_again,
      incomplete: { read: 0, of: rows, why: words().hss_export.goes_on, ready_in: exported.readyIn },
    };
  }
  const { path, bytes } = await writeExport(exported, folder, limits.signal);
  return {
    scope,
    summary: words().hss_export.written(rows),
    facts: { path, bytes, rows },
    notes: exportNotes(wanted, exported),
    file: { path, mimeType: MIME_TYPES.hss },
    next: words().hss_export.tell_path,
  };
}

function countsOf(report: Report) {
  const { images, running_images, never_scanned, open, handled } = postureOf(report);
  const { Critical: critical, High: high, Medium: medium, Low: low } = open;
  return { rows: sumOf(open) + handled, images, running_images, never_scanned, critical, high, medium, low, handled };
}

function firstLines(format: RenderedFormat, { beginning }: Written) {
  // A page begins with how it looks.
  const lines =
    format === 'html' ? [] : beginning.split('\n', FIRST_LINES).map((line) => line.slice(0, MOST_OF_A_LINE));
  return tableOf('first_lines', lines, [{ name: 'line', value: (line) => line }]);
}
