import type { en } from './en.js';
import type { Same } from './same.js';
import { asking } from './zh/asking.js';
import { choosing } from './zh/choosing.js';
import { codes } from './zh/codes.js';
import { command } from './zh/command.js';
import { comparison } from './zh/comparison.js';
import { completeness } from './zh/completeness.js';
import { consent } from './zh/consent.js';
import { console } from './zh/console.js';
import { doctor } from './zh/doctor.js';
import { exporting } from './zh/exporting.js';
import { failed_scans } from './zh/failed_scans.js';
import { failures } from './zh/failures.js';
import { help } from './zh/help.js';
import { hss_export } from './zh/hss_export.js';
import { identity } from './zh/identity.js';
import { image } from './zh/image.js';
import { images } from './zh/images.js';
import { input } from './zh/input.js';
import { naming } from './zh/naming.js';
import { notes } from './zh/notes.js';
import { outcome } from './zh/outcome.js';
import { permissions } from './zh/permissions.js';
import { places } from './zh/places.js';
import { plan } from './zh/plan.js';
import { prompts } from './zh/prompts.js';
import { protocol } from './zh/protocol.js';
import { question } from './zh/question.js';
import { report } from './zh/report.js';
import { reporting } from './zh/reporting.js';
import { requests } from './zh/requests.js';
import { result } from './zh/result.js';
import { scan } from './zh/scan.js';
import { scan_first } from './zh/scan_first.js';
import { settings } from './zh/settings.js';
import { settings_help } from './zh/settings_help.js';
import { status } from './zh/status.js';
import { summary } from './zh/summary.js';
import { times } from './zh/times.js';
import { transport } from './zh/transport.js';
import { usage } from './zh/usage.js';
import { vulnerabilities } from './zh/vulnerabilities.js';
import { vulnerability } from './zh/vulnerability.js';

export const zh: Same<typeof en> = {
  asking,
  choosing,
  codes,
  command,
  comparison,
  completeness,
  consent,
  console,
  doctor,
  exporting,
  failed_scans,
  failures,
  help,
  hss_export,
  identity,
  image,
  images,
  input,
  naming,
  notes,
  outcome,
  permissions,
  places,
  plan,
  prompts,
  protocol,
  question,
  report,
  reporting,
  requests,
  result,
  scan,
  scan_first,
  settings,
  settings_help,
  status,
  summary,
  times,
  transport,
  usage,
  vulnerabilities,
  vulnerability,
};
