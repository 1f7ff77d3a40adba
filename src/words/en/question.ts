import { plural } from './plural.js';

/** What a person is asked before a scan whose images nobody named. Values come in quotes. */
export const question = {
  /** @param what one of the four that follow. */
  start: (what: string) => `Start a scan of ${what} with Huawei Cloud HSS?`,
  selection: (id: string) => `the selection ${id}`,
  all_images: 'ALL local images',
  long_list: 'a long list of images',
  matching_images: 'the local images that match the filters',
  where: (region: string, enterpriseProject: string) => `Region: ${region}. Enterprise project: ${enterpriseProject}.`,
  filters: (filters: readonly string[]) => `Filters: ${filters.join(', ')}.`,
  /** @param count undefined: cannot be counted. */
  images: (count: number | undefined) =>
    `Images: ${count === undefined ? 'cannot be counted' : plural(count, 'image')}.`,
  spread: (hosts: number, moreHosts: boolean, containers: number) =>
    `Hosts: ${moreHosts ? 'at least ' : ''}${plural(hosts, 'host')}. Containers: ${plural(containers, 'container')}.`,
};
