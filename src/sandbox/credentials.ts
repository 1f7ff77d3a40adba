/** What the embedded gateway and IAM accept. */
export interface SandboxCredentials {
  readonly ak: string;
  readonly sk: string;
  /** Set when the key pair is a temporary one; then every signed request must carry it. */
  readonly securityToken?: string;
  /** A ready token that never expires and is good for every region. */
  readonly authToken: string;
  readonly iamUser: string;
  readonly iamPassword: string;
  readonly iamDomain: string;
}

/** The credentials accepted unless others are given. */
export const SANDBOX_CREDENTIALS: SandboxCredentials = {
  ak: 'EXAMPLEAK',
  sk: 'EXAMPLESK',
  authToken: 'EXAMPLETOKEN',
  iamUser: 'EXAMPLEUSER',
  iamPassword: 'EXAMPLEPASSWORD',
  iamDomain: 'EXAMPLEDOMAIN',
};
