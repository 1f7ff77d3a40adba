import { cloudDomain } from '../cloud/endpoints.js';

/** Regions of HSS that are known to exist. Others that look like a region id are reached by the same pattern. */
export const HSS_REGIONS: readonly string[] = [
  ...['cn-north-1', 'cn-north-2', 'cn-north-4', 'cn-north-9', 'cn-north-11', 'cn-north-12'],
  ...['cn-east-2', 'cn-east-3', 'cn-east-4', 'cn-east-5'],
  ...['cn-south-1', 'cn-south-2', 'cn-south-4', 'cn-southwest-2', 'cn-southwest-3'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['na-mexico-1', 'la-north-2', 'la-south-2', 'sa-brazil-1', 'af-south-1', 'af-north-1'],
  ...['tr-west-1', 'ae-ad-1', 'me-east-1', 'my-kualalumpur-1', 'ru-moscow-1', 'eu-west-101'],
];

/** Origin of HSS in `region`. */
export function hssEndpoint(region: string): string {
  return `https://hss.${region}.${cloudDomain(region)}`;
}
