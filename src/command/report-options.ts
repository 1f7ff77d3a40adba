/** The flags as `parseArgs` takes them. All of them go with the command alone. */
export const REPORT_OPTIONS = {
  format: { type: 'string' },
  output: { type: 'string' },
  'image-name': { type: 'string' },
  'host-name': { type: 'string' },
  'has-container': { type: 'string' },
  'severity-level': { type: 'string' },
  region: { type: 'string' },
  'enterprise-project-id': { type: 'string' },
  title: { type: 'string' },
  baseline: { type: 'string' },
  lang: { type: 'string' },
  'fail-on': { type: 'string' },
  scan: { type: 'boolean' },
  'confirm-image-count': { type: 'string' },
} as const;

/** The flags as they were given. */
export type GivenFlags = {
  readonly [K in keyof typeof REPORT_OPTIONS]?:
    | ((typeof REPORT_OPTIONS)[K]['type'] extends 'boolean' ? boolean : string)
    | undefined;
};
