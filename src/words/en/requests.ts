/** Arguments that an operation of HSS cannot be asked with. */
export const requests = {
  no_id: (name: string) => `This ${name} is no id that can be asked for.`,
  give_id: (name: string) => `Give ${name} as HSS lists it: not empty, not "." or "..", without "/".`,
  number_of_ids: (name: string, ids: number) => `${name} holds ${ids} ids.`,
  give_ids: (name: string, most: number) => `Give 1 to ${most} ids in ${name}, none of them empty.`,
  undocumented_characters: (field: string, value: string) =>
    `It may be ${field} ${value}, which has characters that HSS does not document for it.`,
  leave_out: (field: string) => `Leave ${field} out.`,
  give_part: (field: string, part: string) => `Give a part of it that HSS takes, e.g. ${field}: "${part}".`,
};
