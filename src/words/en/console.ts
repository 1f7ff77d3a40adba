/** The words of a field: each value and how the vendor calls it. */
export interface Legend {
  readonly field: string;
  readonly words: readonly (readonly [value: string, word: string])[];
}

/** A region with the name that people know. */
export interface NamedRegion {
  readonly name: string;
  readonly id: string;
}

/** The words of the console beside the values of the API, and what a caller wrote instead of either. */
export const console = {
  legend: (legends: readonly Legend[]) =>
    `In the words of Huawei Cloud: ${Array.from(
      legends,
      ({ field, words }) => `${field} ${Array.from(words, ([value, word]) => `${value} = ${word}`).join(', ')}`,
    ).join('; ')}.`,
  image_level:
    'severity_level of an image knows no Critical: High is its top. The counts by severity and the CVSS scores say more.',
  no_value: (field: string, values: readonly string[], given: string) =>
    `${field} must be one of ${Array.from(values).join(', ')}, not ${given}.`,
  no_region: (given: string, regions: readonly NamedRegion[]) =>
    `region must be a region id or a name of the console, not ${given}. There are ${Array.from(
      regions,
      ({ name, id }) => `${name} (${id})`,
    ).join(', ')}.`,
};
