/** What each setting is for, under its key in the table of settings. */
export const settings_help = {
  accessKey: 'Access key (AK).',
  secretKey: 'Secret key (SK), of the same family as the access key.',
  securityToken: 'Security token that comes with a temporary AK and SK, of the same family as they are.',
  authToken: 'A ready IAM token of the region, sent as X-Auth-Token instead of a signature.',
  iamUser: 'IAM user name; a token is fetched with it.',
  iamPassword: 'Password of the IAM user.',
  iamDomain: 'Name of the account that owns the IAM user.',
  credentialsFile:
    'Credentials file of the SDKs; ak, sk, security_token, project_id and iam_endpoint of its section [basic] are read.',
  credentials: 'ecs takes the credentials of the agency of the ECS that this program runs on.',
  region:
    'Region whose images are scanned, e.g. cn-north-4. There is no default: a silent one would scan the wrong region.',
  projectId: 'Project id of the region.',
  enterpriseProjectId: 'Enterprise project for calls that name none; all_granted_eps means every one that you may see.',
  hssEndpoint: 'Address of HSS, for clouds that this program does not know. https, or http on loopback.',
  iamEndpoint: 'Address of IAM. https, or http on loopback.',
  readOnly: 'true removes batch_scan_local_image and refuses its call. A value that cannot be read counts as true.',
  scanAll:
    'Scans without an explicit list, and of more than 500 images: ask the person (where the client cannot, the call has to be confirmed), allow, or deny. A value that cannot be read counts as deny.',
  scanFilters:
    'Scans by filters: resolve reads which images match and sends exactly those; send passes the filters on to HSS, which does not document what it does with them. A value that cannot be read counts as resolve.',
  reportDir: 'Folder into which reports are written: an absolute path to an existing folder of your own.',
  language: 'Language of what people read: en or zh.',
  timeZone: 'Time zone of the times that people read, and of dates without an offset: a name such as Asia/Shanghai.',
  timeoutMs: 'Limit of one attempt of a request, in milliseconds (1000 to 40000).',
  maxRetries: 'How often a failed request is repeated where that is safe (0 to 5).',
  logLevel: 'What is written to stderr: error, warn, info or debug.',
  httpsProxy: 'Proxy for HSS and IAM, e.g. http://proxy.example.com:3128. Never used for loopback.',
  noProxy:
    'Hosts that are reached without the proxy, separated by commas: names (with their subdomains), addresses, networks such as 10.0.0.0/8, or * for all.',
};
