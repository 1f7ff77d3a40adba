import { el, unseen } from './dom.js';
import { type Counts, SEVERITIES } from './image.js';
import type { Reader } from './reader.js';

/** A bar of its parts, each as wide as its share of `most`. Pictures say nothing to a screen reader: words stand beside. */
export function bar(parts: readonly (readonly [kind: string, count: number])[], most: number): HTMLElement {
  const shown = parts.filter(([, count]) => count > 0);
  return el(
    'span',
    { class: 'bar', attributes: { 'aria-hidden': 'true' } },
    ...shown.map(([kind, count]) => {
      const part = el('i', { class: `fill-${kind}` });
      part.style.flexBasis = `${(100 * count) / Math.max(1, most)}%`;
      return part;
    }),
  );
}

export function sumOf(counts: Counts): number {
  return SEVERITIES.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
}

/** Findings by severity, as a bar and as numbers. */
export function severities(counts: Counts, most: number, { say, number }: Reader): HTMLElement[] {
  const read = SEVERITIES.flatMap((severity) => {
    const count = counts[severity];
    return count === undefined ? [] : [[severity, count] as const];
  });
  return [
    bar(read, most),
    el(
      'span',
      { class: 'numbers' },
      ...read.map(([severity, count]) =>
        el(
          'span',
          { class: count > 0 ? `text-${severity}` : 'zero', attributes: { title: say(severity) } },
          el('span', { attributes: { 'aria-hidden': 'true' } }, number(count)),
          unseen(`${say('count_of', { count: number(count), severity: say(severity) })}, `),
        ),
      ),
    ),
  ];
}
