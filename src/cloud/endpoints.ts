/** Regions with an IAM host of their own, after the vendor's SDK; all others are served by the global host. */
const REGIONAL = new Set(
  (
    'cn-north-1 cn-north-2 cn-north-4 cn-north-9 cn-north-12 cn-east-2 cn-east-3 cn-east-4 cn-east-5 cn-south-1 ' +
    'cn-south-2 cn-southwest-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 af-south-1 sa-brazil-1 ' +
    'la-south-2 la-north-2 na-mexico-1 eu-west-0 my-kualalumpur-1 ru-moscow-1 me-east-1 ae-ad-1 tr-west-1'
  ).split(' '),
);

/** Domain of the cloud that a region belongs to: the European site (`eu-west-1..`) has its own. */
export function cloudDomain(region: string): string {
  return region.startsWith('eu-west-1') ? 'myhuaweicloud.eu' : 'myhuaweicloud.com';
}

/** Origin of IAM for `region`. */
export function iamEndpoint(region: string): string {
  const domain = cloudDomain(region);
  const regional = REGIONAL.has(region) || domain.endsWith('.eu');
  return regional ? `https://iam.${region}.${domain}` : `https://iam.${domain}`;
}
