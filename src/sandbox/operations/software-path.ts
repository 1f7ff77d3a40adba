import type { Software } from '../seed/images.js';

/** HSS gives a path for applications only: a system package is found in the package database. */
export function pathOf({ app_name, app_version, app_type }: Software): string {
  switch (app_type) {
    case 'jar':
      return `/app/lib/${app_name}-${app_version}.jar`;
    case 'bin':
      return `/usr/local/bin/${app_name}`;
    case 'npm':
      return `/app/node_modules/${app_name}`;
    case 'pip':
      return `/usr/lib/python3/site-packages/${app_name}`;
    default:
      return '';
  }
}
