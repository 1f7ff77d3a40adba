/** Times that people read, and those that they give. */
export const times = {
  shown_in: (zone: string, now: string) => `Times are shown in ${zone}, where it is ${now}.`,
  no_time: (field: string, given: string) =>
    `${field} must be a time, not ${given}: a date ("2026-11-01", "today"), a date with a time ("2026-11-01 08:00"), ` +
    'ISO 8601, or ms since 1970.',
};
