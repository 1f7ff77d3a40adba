import type { en } from './en.js';
import type { Same } from './same.js';
import { choosing } from './zh/choosing.js';
import { comparison } from './zh/comparison.js';
import { completeness } from './zh/completeness.js';
import { consent } from './zh/consent.js';
import { console } from './zh/console.js';
import { exporting } from './zh/exporting.js';
import { failed_scans } from './zh/failed_scans.js';
import { image } from './zh/image.js';
import { images } from './zh/images.js';
import { naming } from './zh/naming.js';
import { notes } from './zh/notes.js';
import { plan } from './zh/plan.js';
import { question } from './zh/question.js';
import { report } from './zh/report.js';
import { reporting } from './zh/reporting.js';
import { result } from './zh/result.js';
import { scan } from './zh/scan.js';
import { status } from './zh/status.js';
import { summary } from './zh/summary.js';
import { times } from './zh/times.js';
import { vulnerabilities } from './zh/vulnerabilities.js';
import { vulnerability } from './zh/vulnerability.js';

export const zh: Same<typeof en> = {
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
