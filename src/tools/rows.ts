/** A row without what is empty: HSS sends null and "" for what it does not know. */
export function withoutEmpty(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
