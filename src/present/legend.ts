import { CONSOLE_FIELDS, type ConsoleField, consoleWord, isConsoleField } from '../words/console.js';
import { spokenLanguage } from '../words/language.js';
import { words } from '../words/words.js';
import type { Column, Row, Table } from './table.js';

/**
 * How the console calls the values that stand in the rows, for a reader who knows it and not the API: notes, none where
 * no value has another word in the language that is spoken.
 */
export function legendOf(tables: readonly Table[]): string[] {
  const seen = new Map<ConsoleField, Set<string>>();
  for (const { columns, rows } of tables) {
    for (const column of columns) {
      const field = fieldOf(column);
      if (!field) continue;
      const values = seen.get(field) ?? new Set();
      for (const { [column.name]: value } of rows) if (typeof value === 'string') values.add(value);
      seen.set(field, values);
    }
  }
  const legends = CONSOLE_FIELDS.flatMap((field) => {
    const named = [...(seen.get(field) ?? [])].flatMap((value): [string, string][] => {
      const word = consoleWord(field, value, spokenLanguage());
      return word === undefined ? [] : [[value, word]];
    });
    return named.length > 0 ? [{ field, words: named }] : [];
  });
  return [
    ...(legends.length > 0 ? [words().console.legend(legends)] : []),
    ...(tables.some(({ rows }) => rows.some(isTopImage)) ? [words().console.image_level] : []),
  ];
}

/** A value of a field as it stands in a sentence: in Chinese with its word, by which a Chinese reader knows it. */
export function named(field: string, value: string): string {
  if (spokenLanguage() !== 'zh' || !isConsoleField(field)) return value;
  const word = consoleWord(field, value, 'zh');
  return word === undefined ? value : `${value}（${word}）`;
}

function fieldOf({ name, holds = name }: Pick<Column<never>, 'name' | 'holds'>): ConsoleField | undefined {
  return isConsoleField(holds) ? holds : undefined;
}

/** An image at the highest level that HSS has for images: it can have critical vulnerabilities all the same. */
function isTopImage({ severity_level, vul_id, image_id, image_name }: Row): boolean {
  return severity_level === 'High' && vul_id === undefined && (image_id ?? image_name) !== undefined;
}
