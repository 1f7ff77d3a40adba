/** The same messages in another language: the same keys, and the same values to be filled in. */
export type Same<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string
    ? string
    : Messages[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Same<Messages[Key]>;
};
