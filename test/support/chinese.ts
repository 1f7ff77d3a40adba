/** What is said in between: data in fences, code, quoted values and names. */
const QUOTED = [/```[\s\S]*?(?:```|$)/g, /`[^`]*`/g, /"(?:[^"\\]|\\.)*"/g, /'[^']*'/g, /\bhttps?:\/\/\S+/g];

/** English sentences that a Chinese text still holds: four or more words in lower case in a row. */
export function englishIn(text: string): string[] {
  const plain = QUOTED.reduce((rest, pattern) => rest.replace(pattern, '"'), text);
  return plain.match(/\b[a-z]+(?:[ ,:;]+[a-z]+){3,}\b/g) ?? [];
}

/** Half-width punctuation or a lone space that stands between Chinese characters, and where. */
export function halfWidthIn(text: string): string[] {
  const plain = QUOTED.slice(0, 2).reduce((rest, pattern) => rest.replace(pattern, '`'), text);
  return plain.match(/.{0,10}\p{Script=Han}(?: ?[,.;:!?()] ?| )\p{Script=Han}.{0,10}/gu) ?? [];
}

/**
 * A JSON value with every text blotted out that people read; names, ids and numbers stay.
 * @param fields whose values are texts also where they are one word.
 */
export function withoutTexts(value: unknown, fields: readonly string[] = []): unknown {
  if (typeof value === 'string') return /\s|\p{Script=Han}/u.test(value) ? 'a text' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutTexts(item, fields));
  const blotted = (name: string, item: unknown) =>
    fields.includes(name) && typeof item === 'string' ? 'a text' : withoutTexts(item, fields);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, blotted(name, item)]));
}
