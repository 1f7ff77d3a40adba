import { invalidParameter } from './errors.js';

interface TextRule {
  readonly required?: boolean;
  readonly max?: number;
}

/** The parameters of one operation: query pairs, or the fields of a JSON object. Every rule broken is an `HSS.0001`. */
export class Parameters {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  text(name: string, { required = false, max = 256 }: TextRule = {}): string | undefined {
    const value = this.#value(name, required);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw invalidParameter(`${name} must be a string`);
    if (value.length > max) throw invalidParameter(`the length of ${name} must be at most ${max}`);
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[], rule: TextRule = {}): T | undefined {
    const value = this.text(name, rule);
    if (value === undefined) return undefined;
    const known = values.find((candidate) => candidate === value);
    if (known === undefined) throw invalidParameter(`${name} must be one of ${values.join(', ')}`);
    return known;
  }

  /** A whole number, as JSON number or as the text of a query. */
  integer(name: string, least: number, most: number): number | undefined {
    const value = this.#value(name, false);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) throw invalidParameter(`${name} must be an integer`);
    if (number < least || number > most) throw invalidParameter(`${name} must be from ${least} to ${most}`);
    return number;
  }

  /** A boolean, as JSON boolean or as `true` / `false` in a query. */
  boolean(name: string, required = false): boolean | undefined {
    const value = this.#value(name, required);
    if (value === undefined) return undefined;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw invalidParameter(`${name} must be true or false`);
  }

  /** A list of JSON objects. */
  objects(name: string): Parameters[] | undefined {
    const value = this.#value(name, false);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw invalidParameter(`${name} must be an array`);
    return value.map((item: unknown) => {
      if (!isObject(item)) throw invalidParameter(`${name} must hold objects`);
      return new Parameters(item);
    });
  }

  // HSS treats an empty text like an absent one.
  #value(name: string, required: boolean): unknown {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    const absent = value === undefined || value === null || value === '';
    if (absent && required) throw invalidParameter(`${name} is required`);
    return absent ? undefined : value;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
