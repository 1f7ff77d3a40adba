import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { SEVERITIES } from '../hss/models.js';
import { keyOf } from '../images/identity.js';
import { plural } from '../present/readable.js';
import type { Found } from '../present/result.js';
import { tableOf } from '../present/table.js';
import { withChanges } from '../report/baseline.js';
import { openFolder } from '../report/folder.js';
import { EXTENSIONS, MIME_TYPES, REPORT_FORMATS, type RenderedFormat, rendererOf } from '../report/formats.js';
import { postureOf, sumOf } from '../report/posture.js';
import type { Report } from '../report/report.js';
import { reportName, type Written, writeWhole } from '../report/write.js';
import { clean } from '../text/clean.js';
import type { Selection } from '../workspace/selections.js';
import { exportNotes, exportSelectionOf, writeExport } from './export-by-hss.js';
import { chosenOf, indexOf, scopeFields, selectionField, text } from './fields.js';
import { gatherReport, needsUpgrades } from './gather-report.js';
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
  has_container: z.boolean().optional().describe('Whether containers run from it.'),
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
    'Writes local images with their open and handled findings to a file, and gives its path and counts. Use it for audits, pages to show, SARIF 2.1.0 or CycloneDX 1.6 for other tools, or what changed since an earlier report. ' +
    'HSS is not changed, but hss leaves a task there. As long as not everything was read nothing is written: call again.',
  readOnly: true,
  writesFile: true,
  input,
  output,
  example: { format: 'html', severity_level: 'High', enterprise_project_id: 'all_granted_eps' },

  async run(arguments_, context) {
    const { format, severity_level, image_name, host_name, has_container, title, baseline } = arguments_;
    if (format === 'hss') return exportByHss(arguments_, context);
    const { scope, selection } = chosenOf(arguments_, context);
    // Before anything is read: who waits for a report must not learn at its end that it cannot be written.
    const folder = await openFolder(context.behaviour.reportDir);
    const index = await indexOf(scope, context);
    const gathered = await gatherReport(
      index,
      {
        filter: { image_name, host_name, has_container, among: selection?.images },
        least: severity_level ?? 'Low',
        title: clean(title ?? `Local images, ${scope.region}`),
        scope: {
          region: scope.region,
          enterprise_project_id: scope.enterpriseProjectId ?? '0',
          ...(image_name !== undefined && { image_name: clean(image_name) }),
          ...(host_name !== undefined && { host_name: clean(host_name) }),
          ...(has_container !== undefined && { has_container }),
          ...(selection && { selection: selectedText(selection) }),
        },
        sandbox: context.connection.sandbox,
        upgrades: needsUpgrades(format),
      },
      // The rest of the time of the call is for writing.
      { ...scope, deadline: scope.deadline - TO_WRITE_MS },
      (done, total) => context.progress(done, total, 'Reading images and findings'),
    );
    const { incomplete } = gathered;
    if (incomplete && gathered.passes) {
      return {
        scope,
        summary: 'Nothing was written yet: the findings are still being read, and the reading goes on.',
        next: 'Call again with the same arguments; what was read is kept.',
        incomplete,
      };
    }
    const report = baseline ? await withChanges(gathered.report, folder, baseline) : gathered.report;
    const counts = countsOf(report);
    const path = join(folder, reportName(new Date(), EXTENSIONS[format], !incomplete));
    const render = await rendererOf(format);
    const { language } = context.behaviour;
    const written = await writeWhole(path, render(report, { language }), context.limits.signal);
    const { gone_findings: _, ...changes } = report.changes ?? { gone_findings: [] };
    return {
      scope,
      summary: `Wrote ${plural(counts.rows, 'finding')} of ${plural(counts.images, 'image')} as ${format}.`,
      facts: { path, bytes: written.bytes, as_of: report.as_of, ...counts, ...(report.changes && { changes }) },
      tables: [firstLines(format, written)],
      notes: incomplete ? ['The file says that it is not whole, and its name does.'] : [],
      file: { path, mimeType: MIME_TYPES[format] },
      next: 'Tell the person where the file lies. To compare later, export json and name it as baseline.',
      incomplete,
    };
  },
});

/** A selection by what it holds: ids are given anew by each process, and as many others are another one. */
function selectedText({ images }: Selection): string {
  const keys = images.map(keyOf).sort();
  const print = createHash('sha256').update(JSON.stringify(keys)).digest('hex').slice(0, 8);
  return `${plural(images.length, 'image')} (${print})`;
}

/** Has HSS make its own file, and hands it over as it comes. */
async function exportByHss(arguments_: z.output<typeof input>, context: ToolContext): Promise<Found> {
  const { behaviour, hssExports, limits } = context;
  const wanted = exportSelectionOf(arguments_, behaviour);
  const { scope } = chosenOf(arguments_, context);
  const folder = await openFolder(behaviour.reportDir);
  const deadline = scope.deadline - TO_WRITE_MS;
  const exported = await hssExports.get(wanted, { ...scope, deadline }, (done, total) =>
    context.progress(done, total, 'HSS makes its export'),
  );
  const { rows } = exported;
  if (exported.kind === 'running') {
    return {
      scope,
      summary: 'Nothing was written yet: HSS is still making its export.',
      next: 'Call again with the same arguments: that goes on with the same task of HSS.',
      incomplete: { read: 0, of: rows, why: 'the task of the export goes on in HSS', ready_in: exported.readyIn },
    };
  }
  const { path, bytes } = await writeExport(exported, folder, limits.signal);
  return {
    scope,
    summary: `Wrote the export of HSS${rows === undefined ? '' : `, ${plural(rows, 'row')},`} as it came.`,
    facts: { path, bytes, rows },
    notes: exportNotes(wanted, exported),
    file: { path, mimeType: MIME_TYPES.hss },
    next: 'Tell the person where the file lies.',
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
