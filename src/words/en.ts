import { choosing } from './en/choosing.js';
import { comparison } from './en/comparison.js';
import { completeness } from './en/completeness.js';
import { consent } from './en/consent.js';
import { console } from './en/console.js';
import { exporting } from './en/exporting.js';
import { failed_scans } from './en/failed_scans.js';
import { image } from './en/image.js';
import { images } from './en/images.js';
import { naming } from './en/naming.js';
import { notes } from './en/notes.js';
import { plan } from './en/plan.js';
import { question } from './en/question.js';
import { report } from './en/report.js';
import { reporting } from './en/reporting.js';
import { result } from './en/result.js';
import { scan } from './en/scan.js';
import { status } from './en/status.js';
import { summary } from './en/summary.js';
import { times } from './en/times.js';
import { vulnerabilities } from './en/vulnerabilities.js';
import { vulnerability } from './en/vulnerability.js';

/** Every message that people read, by topic. English says which there are; the other languages are held to it. */
export const en = {
  choosing,
  comparison,
  completeness,
  consent,
  console,
  exporting,
  failed_scans,
  image,
  images,
  naming,
  notes,
  plan,
  question,
  report,
  reporting,
  result,
  scan,
  status,
  summary,
  times,
  vulnerabilities,
  vulnerability,
};
