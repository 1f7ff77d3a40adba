import { asking } from './en/asking.js';
import { choosing } from './en/choosing.js';
import { codes } from './en/codes.js';
import { command } from './en/command.js';
import { comparison } from './en/comparison.js';
import { completeness } from './en/completeness.js';
import { consent } from './en/consent.js';
import { console } from './en/console.js';
import { doctor } from './en/doctor.js';
import { exporting } from './en/exporting.js';
import { failed_scans } from './en/failed_scans.js';
import { failures } from './en/failures.js';
import { help } from './en/help.js';
import { hss_export } from './en/hss_export.js';
import { identity } from './en/identity.js';
import { image } from './en/image.js';
import { images } from './en/images.js';
import { input } from './en/input.js';
import { naming } from './en/naming.js';
import { notes } from './en/notes.js';
import { outcome } from './en/outcome.js';
import { permissions } from './en/permissions.js';
import { places } from './en/places.js';
import { plan } from './en/plan.js';
import { prompts } from './en/prompts.js';
import { protocol } from './en/protocol.js';
import { question } from './en/question.js';
import { report } from './en/report.js';
import { reporting } from './en/reporting.js';
import { requests } from './en/requests.js';
import { result } from './en/result.js';
import { scan } from './en/scan.js';
import { scan_first } from './en/scan_first.js';
import { settings } from './en/settings.js';
import { settings_help } from './en/settings_help.js';
import { status } from './en/status.js';
import { summary } from './en/summary.js';
import { times } from './en/times.js';
import { transport } from './en/transport.js';
import { usage } from './en/usage.js';
import { vulnerabilities } from './en/vulnerabilities.js';
import { vulnerability } from './en/vulnerability.js';

/** Every message that people read, by topic. English says which there are; the other languages are held to it. */
export const en = {
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
