/** What is wrong with the arguments of a call: one sentence a field. */
export const input = {
  not_right: (tool: string, problems: readonly string[], more: number) =>
    `The arguments of ${tool} are not right: ${problems.join(' ')}${more > 0 ? ` (and ${more} more)` : ''}`,
  right_call: (tool: string, example: string) => `A right call: ${tool} ${example}`,
  /** Stands where the name of a field would. */
  all: 'The arguments',
  unclear_flag: (field: string, given: string) =>
    `${field} must be true or false, not ${given}; leave it out for neither.`,
  unknown_field: (field: string, meant: string) => `${field} is not a field; did you mean ${meant}?`,
  unknown_among: (field: string, known: readonly string[]) => `${field} is not a field; there are ${known.join(', ')}.`,
  one_of: (field: string, values: readonly string[], given: string, meant: string | undefined) =>
    `${field} must be one of ${values.join(', ')}, not ${given}.${meant ? ` Did you mean ${meant}?` : ''}`,
  text: (field: string, given: number) =>
    `${field} must be text, not the number ${given}: put it in quotes (1.10 as a number would arrive as 1.1).`,
  whole_number: (field: string, given: string) => `${field} must be a whole number without fraction, not ${given}.`,
  of_type: (field: string, type: string, given: string) => `${field} must be of type ${type}, not ${given}.`,
  most_characters: (field: string, most: string, given: number) =>
    `${field} must have at most ${most} characters, not ${given}.`,
  most_entries: (field: string, most: string, given: number) =>
    `${field} must have at most ${most} entries, not ${given}.`,
  at_most: (field: string, most: string, given: string) => `${field} must be at most ${most}, not ${given}.`,
  least_entries: (field: string, least: string, given: number) =>
    `${field} must have at least ${least} entries, not ${given}.`,
  at_least: (field: string, least: string, given: string) => `${field} must be at least ${least}, not ${given}.`,
  wrong: (field: string, why: string) => `${field} is not right: ${why}.`,
  /** What was given, in few words. */
  a_list: 'a list',
  an_object: 'an object',
  nothing: 'nothing',
};
