import { invalidParameter } from './errors.js';

interface TextRule {
  readonly required?: boolean;
  readonly max?: number;
}

/** The parameters of one operation, from its path, its query or its JSON. Every rule broken is an `HSS.0001`. */
export class Parameters {
  /** @param form `json` when numbers and booleans come as such, `text` when everything is text, as in a query. */
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly form: 'json' | 'text',
  ) {}

  /** Whether a parameter is given and not empty. */
  has(name: string): boolean {
    return this.#value(name, false) !== undefined;
  }

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

  /** A whole number. */
  integer(name: string, least: number, most: number, required = false): number | undefined {
    const value = this.#value(name, required);
    if (value === undefined) return undefined;
    const number = this.form === 'text' && /^\d{1,19}$/.test(String(value)) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) throw invalidParameter(`${name} must be an integer`);
    if (number < least || number > most) throw invalidParameter(`${name} must be from ${least} to ${most}`);
    return number;
  }

  boolean(name: string, required = false): boolean | undefined {
    const value = this.#value(name, required);
    if (value === undefined) return undefined;
    if (value === (this.form === 'text' ? 'true' : true)) return true;
    if (value === (this.form === 'text' ? 'false' : false)) return false;
    throw invalidParameter(`${name} must be true or false`);
  }

  /** A list of texts, none of them empty. */
  texts(name: string, { max = 256, most = Number.POSITIVE_INFINITY } = {}): string[] | undefined {
    const value = this.#value(name, false);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw invalidParameter(`${name} must be an array`);
    if (value.length > most) throw invalidParameter(`${name} must have at most ${most} items`);
    return value.map((item: unknown) => {
      if (typeof item !== 'string' || item === '') throw invalidParameter(`${name} must hold texts that are not empty`);
      if (item.length > max) throw invalidParameter(`the length of an item of ${name} must be at most ${max}`);
      return item;
    });
  }

  /** A list of JSON objects. */
  objects(name: string, most = Number.POSITIVE_INFINITY): Parameters[] | undefined {
    const value = this.#value(name, false);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw invalidParameter(`${name} must be an array`);
    if (value.length > most) throw invalidParameter(`${name} must have at most ${most} items`);
    return value.map((item: unknown) => {
      if (!isObject(item)) throw invalidParameter(`${name} must hold objects`);
      return new Parameters(item, this.form);
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
