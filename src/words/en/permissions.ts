/** Which permissions operations need, and what the self-test found of them. */
export const permissions = {
  inferred: (action: string) => `${action} (inferred, not documented)`,
  to_call: (operation: string, action: string) => `${operation} needs the action ${action}.`,
  to_scan: (action: string) =>
    'Reading and scanning are different permissions: this key may be one that only reads. ' +
    `BatchScanLocalImage needs ${action}, or the system policy HSS FullAccess; ` +
    'where nobody should scan, HSS_READ_ONLY=true takes this tool away.',
  refused: (operation: string, code: string) => `${operation} (${code})`,
  nor_allowed: (refused: readonly string[]) => `Nor is allowed: ${refused.join('; ')}`,
  all_allowed: (images: number, enterpriseProject: string) =>
    `HSS lists ${images} local images in enterprise project ${enterpriseProject}, and every other read is allowed; whether scans are was not tried`,
  some_refused: (images: number, enterpriseProject: string, refused: readonly string[]) =>
    `HSS lists ${images} local images in enterprise project ${enterpriseProject}, but not: ${refused.join('; ')}`,
  less: 'Without these the tools answer with less, and say what they could not read.',
  action_for: (action: string, operations: readonly string[]) => `${action} for ${operations.join(', ')}`,
  give: (actions: readonly string[]) => `Give the IAM user HSS ReadOnlyAccess, or ${actions.join('; ')}.`,
};
