/** What is wrong with a text argument: the rest of a sentence that begins with its field. */
export const naming = {
  blank: 'is blank: leave it out, or give a value.',
  white_space: (right: string) => `begins or ends with white space: give ${right}.`,
  no_value: (word: string) => `is the word ${word} and no value: leave it out, or give one.`,
  more_than_repository: (fields: string) => `names more than the repository: give ${fields}.`,
  short_id:
    'is the short form that Docker shows: give the whole id as the list of images has it, or image_name and image_version.',
  digest_no_id: (fields: string) => `is a digest and no id: give ${fields}.`,
  name_no_id: (fields: string) => `is a name and no id: give ${fields}.`,
  no_algorithm: (fields: string) => `lacks its algorithm: give ${fields}.`,
  more_than_digest: (fields: string) => `holds more than the digest: give ${fields}.`,
  no_digest: 'is no digest that HSS knows: give "sha256:" and 64 hexadecimal digits, or leave it out.',
  more_than_tag: (fields: string) => `holds more than the tag: give ${fields}.`,
  hex_digits: '<64 hexadecimal digits>',
  no_address:
    'is no IPv4 address: give one (192.168.3.7), a block (192.168.3.0/24), or the first numbers (192.168.3.).',
  no_region: (region: string) => `region ${region} is not a region id.`,
  give_region: 'Give one such as cn-north-4, or leave it out.',
  no_project: (id: string) => `enterprise_project_id ${id} is not an id of an enterprise project.`,
  give_project:
    'Give the id as the console shows it, 0 for the default project, or all_granted_eps for all that you may see.',
};
