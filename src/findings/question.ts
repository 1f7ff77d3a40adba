import type { LocalImage, Severity, VulType } from '../hss/models.js';
import type { ImageNames } from './image-table.js';

/** What a caller needs the index to have read. All parts may be combined; each is read by as few requests as may be. */
export interface Question {
  /** Every image, with its state, containers and number of hosts. Default true. */
  readonly inventory?: boolean;
  /** Open findings of at least this severity, of all images. */
  readonly depth?: Severity;
  /** Handled findings, too, wherever open ones are asked for. */
  readonly handled?: boolean;
  /** Findings of these images alone; rows of ListImageLocal are taken over, so that they need not be read again. */
  readonly ofImages?: readonly (LocalImage | ImageNames)[];
  /** How deep the findings of `ofImages` are needed. Default Low: all. */
  readonly ofImagesDepth?: Severity;
  /** The images of the vulnerabilities with these ids. */
  readonly vulIds?: readonly string[];
  /** The kind of what `vulIds` and `cveIds` name, where it is known: half the requests to look them up. */
  readonly vulType?: VulType;
  /** The images of the vulnerabilities with these CVEs. */
  readonly cveIds?: readonly string[];
  /** The packages of vulnerabilities in sample images, by their numbers in the index. */
  readonly packages?: readonly { readonly vulnerability: number; readonly image: number }[];
  /** The container hosts, with their agents. */
  readonly nodes?: boolean;
  /** The images of these hosts, by `host_id`; `all` those of every node. */
  readonly imagesOfHosts?: readonly string[] | 'all';
  /** The hosts of these images, by their numbers in the index. */
  readonly hostsOfImages?: readonly number[];
}
