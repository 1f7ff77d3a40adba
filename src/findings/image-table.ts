import type { LocalImage, VulAffectImage } from '../hss/models.js';

/** One image of the index. */
export interface IndexedImage {
  /** Its place in the index. */
  readonly number: number;
  /** The images that share its `image_id`; HSS may list one id with several digests. */
  readonly group: number;
  /** Its row of ListImageLocal, merged where HSS lists it once an agent; a few fields when it is not listed. */
  readonly row: LocalImage;
  /** Whether ListImageLocal showed it. A finding can name an image that came or went in between. */
  readonly listed: boolean;
  /** Hosts that its rows named so far. */
  readonly hostIds: readonly string[];
}

/** Whether an image counts. */
export type Fits = (image: IndexedImage) => boolean;

/** What names an image. */
export interface ImageNames {
  readonly image_id?: string | undefined;
  readonly image_digest?: string | undefined;
  readonly image_name?: string | undefined;
  readonly image_version?: string | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Entry = Mutable<Omit<IndexedImage, 'hostIds'>> & { hostIds: string[]; pass: number };

/** A host as the rows of images name it. */
export interface NamedHost {
  readonly host_id: string;
  readonly host_name?: string | undefined;
  readonly agent_id?: string | undefined;
  readonly private_ip?: string | undefined;
  readonly public_ip?: string | undefined;
}

/** The images of a region and project, each once: an image is an `image_id` with an `image_digest`. */
export class ImageTable {
  readonly hosts = new Map<string, NamedHost>();
  readonly #images: Entry[] = [];
  readonly #groups: number[][] = [];
  readonly #groupById = new Map<string, number>();
  readonly #ambiguous = new Set<number>();
  readonly #words = new Map<string, string>();
  #listed = 0;
  #pass = 0;

  get all(): readonly IndexedImage[] {
    return this.#images;
  }

  /** How many images ListImageLocal showed. */
  get listed(): number {
    return this.#listed;
  }

  at(number: number): IndexedImage {
    const image = this.#images[number];
    if (!image) throw new RangeError(`no image ${number}`);
    return image;
  }

  /** The numbers of the images of a group. */
  members(group: number): readonly number[] {
    return this.#groups[group] ?? [];
  }

  /** The groups whose pairs do not say by themselves which image they belong to. */
  get ambiguous(): ReadonlySet<number> {
    return this.#ambiguous;
  }

  /** The images that fit the id, and the digest where one is given. */
  find(ref: ImageNames): IndexedImage[] {
    const group = this.#groupById.get(idOf(ref));
    const members = group === undefined ? [] : this.members(group).map((number) => this.at(number));
    return ref.image_digest && ref.image_id
      ? members.filter(({ row }) => digest(row) === digest(ref) || !row.image_digest)
      : members;
  }

  /** Begins a new reading of rows: a row replaces that of an earlier reading, and is merged with one of the same. */
  beginPass(): void {
    this.#pass += 1;
  }

  /** Takes a row of ListImageLocal. */
  list(row: LocalImage): IndexedImage {
    const group = this.group(idOf(row));
    const members = this.members(group).flatMap((number) => this.#images[number] ?? []);
    const known =
      members.find((image) => digest(image.row) === digest(row) && (image.listed || image.row.image_digest)) ??
      members.find((image) => !image.listed && !image.row.image_digest);
    const image = known ?? this.#add(group, {});
    image.row = image.listed && image.pass === this.#pass ? this.#merged(image.row, row) : this.#compact(row);
    if (!image.listed) this.#listed += 1;
    image.listed = true;
    image.pass = this.#pass;
    this.addHost(image, row);
    return image;
  }

  /** The image of a row that a search showed: the one that is listed already, or a new one. */
  seen(row: LocalImage): IndexedImage {
    const [known] = this.find(row).filter(({ listed }) => listed);
    return known ?? this.list(row);
  }

  /** Keeps in mind that a host holds the image. */
  addHost(image: IndexedImage, host: { readonly [K in keyof NamedHost]?: NamedHost[K] | undefined }): void {
    if (!host.host_id) return;
    const id = this.#word(host.host_id);
    const entry = this.#images[image.number];
    if (entry && !entry.hostIds.includes(id)) entry.hostIds.push(id);
    if (this.hosts.has(id)) return;
    const { host_name, agent_id, private_ip, public_ip } = host;
    this.hosts.set(id, { host_id: id, host_name, agent_id, private_ip, public_ip });
  }

  /** The group that a row without a digest names. */
  ofPair(row: ImageNames): number {
    const group = this.group(idOf(row));
    const [first] = this.members(group).flatMap((number) => this.#images[number] ?? []);
    if (!first) this.#add(group, row);
    // Who asks by an id learns the name here, by which the row of the image can be found.
    else if (!first.listed && !first.row.image_name && row.image_name) first.row = this.#compact(namesOf(row));
    return group;
  }

  /** The number of the image that a row with a digest names. */
  ofRow(row: VulAffectImage): number {
    const group = this.group(idOf(row));
    const members = this.members(group).flatMap((number) => this.#images[number] ?? []);
    const same = members.find((image) => digest(image.row) === digest(row));
    if (same) return same.number;
    const nameless = members.find((image) => !image.row.image_digest);
    if (!nameless) return this.#add(group, row).number;
    if (!nameless.listed) nameless.row = this.#compact(namesOf(row));
    return nameless.number;
  }

  /** The number of the group with this id. */
  group(id: string): number {
    const known = this.#groupById.get(id);
    if (known !== undefined) return known;
    const group = this.#groups.push([]) - 1;
    this.#groupById.set(id, group);
    return group;
  }

  #add(group: number, row: ImageNames): Entry {
    const number = this.#images.length;
    const image: Entry = {
      number,
      group,
      row: this.#compact(namesOf(row)),
      listed: false,
      hostIds: [],
      pass: this.#pass,
    };
    this.#images.push(image);
    if ((this.#groups[group]?.push(number) ?? 0) > 1) this.#ambiguous.add(group);
    return image;
  }

  /** Rows of one image differ by agent: the latest scan speaks, and containers and hosts are numbers of the image. */
  #merged(one: LocalImage, other: LocalImage): LocalImage {
    const newer = (other.latest_scan_time ?? 0) > (one.latest_scan_time ?? 0) ? this.#compact(other) : one;
    return {
      ...newer,
      container_num: most(one.container_num, other.container_num),
      host_num: most(one.host_num, other.host_num),
    };
  }

  /** The fields that are asked about, in one order, with words that many images share kept once. */
  #compact(row: LocalImage): LocalImage {
    const shared = (text: string | undefined) => (text === undefined ? undefined : this.#word(text));
    return {
      image_id: row.image_id,
      image_digest: row.image_digest,
      image_name: shared(row.image_name),
      image_version: shared(row.image_version),
      local_image_type: shared(row.local_image_type),
      scan_status: shared(row.scan_status),
      image_size: row.image_size,
      latest_update_time: row.latest_update_time,
      latest_scan_time: row.latest_scan_time,
      vul_num: row.vul_num,
      unsafe_setting_num: row.unsafe_setting_num,
      malicious_file_num: row.malicious_file_num,
      host_num: row.host_num,
      container_num: row.container_num,
      component_num: row.component_num,
      scan_failed_desc: shared(row.scan_failed_desc),
      severity_level: shared(row.severity_level),
      host_name: shared(row.host_name),
      host_id: shared(row.host_id),
      agent_id: shared(row.agent_id),
      non_scan_reason: shared(row.non_scan_reason),
    };
  }

  #word(text: string): string {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    this.#words.set(text, text);
    return text;
  }
}

/** Whether HSS has looked into the image at least once. */
export function wasLookedInto({ latest_scan_time, scan_status }: LocalImage): boolean {
  return (latest_scan_time ?? 0) > 0 || scan_status === 'success';
}

/** Without an id a digest stands in, and without both the name. */
function idOf(row: ImageNames): string {
  return row.image_id || digest(row) || `${row.image_name ?? ''}:${row.image_version ?? ''}`;
}

function namesOf({ image_id, image_digest, image_name, image_version }: ImageNames): LocalImage {
  return { image_id, image_digest, image_name, image_version };
}

function digest({ image_digest = '' }: ImageNames): string {
  return image_digest.slice(image_digest.lastIndexOf(':') + 1).toLowerCase();
}

function most(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
