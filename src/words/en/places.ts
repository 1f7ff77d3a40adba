/** Regions that calls name, and selections and scans that are kept for them. */
export const places = {
  unknown_region: (region: string) => `region ${region} is not a region that is known to have HSS.`,
  give_region: (near: readonly string[], variable: string) =>
    `Give ${near.join(', ')} or another region of HSS, or leave it out; a new region has to be named by the settings (${variable}).`,
  unreachable_region: (region: string, why: string) => `region ${region} cannot be reached: ${why}`,
  reach_region: (variable: string) =>
    `Leave region out, or let the owner of the settings add ${variable}, or use AK and SK, which sign for every region.`,
  endpoint_fixed: (home: string) => `HSS_ENDPOINT fixes the endpoint of ${home}.`,
  token_bound: (home: string) => `the token in HSS_AUTH_TOKEN belongs to ${home}.`,
  password_bound: (home: string) => `the password of the IAM user is sent to ${home} only.`,
  agency_bound: (home: string) => `the security token of the ECS agency is sent to ${home} only.`,
  key_bound: (home: string) => `the security token of the temporary key is sent to ${home} only.`,
  unknown_selection: (id: string) =>
    `selection_id ${id} is not known: selections are kept while this server runs, the latest 50.`,
  make_selection: 'Make one by listing local images with select: true, or by a dry run of the scan.',
  unknown_scan: (id: string) => `scan_id ${id} is not known: scans are kept while this server runs, the latest 50.`,
  look_first:
    'Look at the images before you scan anything again: list them, or give images and submitted_at in place of scan_id.',
  made_elsewhere: (id: string, region: string, enterpriseProject: string) =>
    `${id} was made in region ${region}, enterprise project ${enterpriseProject}; this call names another.`,
  comes_with: (id: string) => `Leave out region and enterprise_project_id: they come with ${id}.`,
};
