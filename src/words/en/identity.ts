/** Finding the project and the credentials of a region in IAM or in the metadata service of an ECS. */
export const identity = {
  set_project_id: 'With HSS_PROJECT_ID set, IAM need not be asked for the project.',
  no_project: (region: string) => `IAM lists no project named ${region} for these credentials.`,
  several_projects: (region: string) => `IAM lists several projects named ${region} for these credentials.`,
  name_the_project:
    'Set HSS_PROJECT_ID to the project id of the region ("My Credentials" in the console), and check HSS_REGION.',
  check_iam_user:
    'Check HSS_IAM_USER, HSS_IAM_PASSWORD and HSS_IAM_DOMAIN (the account name). A HUAWEI ID account needs an IAM user.',
  no_credentials_of_ecs: (why: string) =>
    `HSS_CREDENTIALS is ecs, but the metadata service of the ECS gave no credentials: ${why}.`,
  ecs_or_keys:
    'Run this server on an ECS with an agency that may use HSS, or set CLOUD_SDK_AK and CLOUD_SDK_SK instead.',
  metadata_answered: (status: number) => `it answered HTTP ${status}`,
  no_agency: 'no agency is bound to this ECS',
  no_key: (status: number) => `it gave no key (HTTP ${status})`,
};
