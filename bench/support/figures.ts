export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Prints rows as a Markdown table. */
export function print(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cell = (value: string | number) =>
    typeof value === 'number' ? value.toFixed(value < 10 ? 2 : value < 1000 ? 1 : 0) : value;
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(cell))].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  process.stdout.write(`\n### ${title}\n\n${lines.join('\n')}\n`);
}
