import type { Renderer } from './report.js';

/** Formats that are written here, out of what was read, in the order in which they are offered. */
export const RENDERED_FORMATS = ['markdown', 'html', 'csv', 'sarif', 'cyclonedx', 'json'] as const;
export type RenderedFormat = (typeof RENDERED_FORMATS)[number];

/** All formats: `hss` is the file that HSS makes itself. */
export const REPORT_FORMATS = [...RENDERED_FORMATS, 'hss'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  markdown: 'md',
  html: 'html',
  csv: 'csv',
  sarif: 'sarif',
  cyclonedx: 'cdx.json',
  json: 'json',
  hss: 'zip',
};

export const MIME_TYPES: Readonly<Record<ReportFormat, string>> = {
  markdown: 'text/markdown',
  html: 'text/html',
  csv: 'text/csv',
  sarif: 'application/sarif+json',
  cyclonedx: 'application/vnd.cyclonedx+json',
  json: 'application/json',
  hss: 'application/zip',
};

/** Loads the one format that is asked for. */
export async function rendererOf(format: RenderedFormat): Promise<Renderer> {
  switch (format) {
    case 'markdown':
      return (await import('./markdown.js')).renderMarkdown;
    case 'html':
      return (await import('./html.js')).renderHtml;
    case 'csv':
      return (await import('./csv.js')).renderCsv;
    case 'sarif':
      return (await import('./sarif.js')).renderSarif;
    case 'cyclonedx':
      return (await import('./cyclonedx.js')).renderCycloneDx;
    case 'json':
      return (await import('./json.js')).renderJson;
  }
}
