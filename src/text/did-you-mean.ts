/** The candidate that `word` most probably stands for; undefined when none is close. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const [best] = byDistance(word, candidates);
  return best && best.distance <= Math.max(1, Math.floor(best.wanted.length / 3)) ? best.candidate : undefined;
}

/** The `most` candidates that are spelled most like `word`, the nearest first. */
export function nearest(word: string, candidates: readonly string[], most: number): string[] {
  return byDistance(word, candidates)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function byDistance(word: string, candidates: readonly string[]) {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(word.slice(0, 64));
  return candidates
    .map((candidate) => ({ candidate, wanted, distance: editDistance(wanted, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
}

/** Least number of inserted, deleted or replaced characters that turn `a` into `b` (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
