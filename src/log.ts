import { clean, quoted } from './text/clean.js';

/** How much is written to stderr, from the least to the most. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Longest line, in UTF-16 units, without its time and level. */
const MOST = 4_000;

/** Writes one line to stderr, redacted and cleaned. Fields follow the message as `name=value`. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** A {@link Log} that drops what is beyond `limit`. stdout is never touched: it belongs to the protocol. */
export function createLog(limit: LogLevel, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  return (level, message, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(limit)) return;
    let line = message;
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) line += ` ${name}=${typeof value === 'string' ? quoted(value, MOST) : String(value)}`;
    }
    write(`${new Date().toISOString()} ${level} ${clean(line, MOST)}\n`);
  };
}
