import type { LocalImage } from '../hss/models.js';
import { words } from '../words/words.js';

/** One sentence for each documented failure reason among `images`. */
export function failureAdvice(images: readonly LocalImage[]): string[] {
  const failed = images.filter((image) => image.scan_status === 'failed');
  const reasons = new Set(failed.map((image) => image.scan_failed_desc));
  const { advice, what } = words().failed_scans;
  const known = new Map(Object.entries(what));
  return [...reasons].flatMap((reason = '') => {
    const mended = known.get(reason);
    return mended ? [advice(reason, mended)] : [];
  });
}
