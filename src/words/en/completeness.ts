/** How far something was read. */
interface Progress {
  readonly read: number;
  /** Undefined: nobody knows yet. */
  readonly of: number | undefined;
}

const progress = ({ read, of }: Progress) => {
  if (of === undefined) return `${read} so far of`;
  return read >= of ? `all ${of}` : `${read} of ${of}`;
};

/** How complete an answer is, in parts of one sentence. */
export const completeness = {
  images: (far: Progress) => `${progress(far)} images`,
  affected_images: (far: Progress) => `${progress(far)} affected images`,
  /** @param all severities that were read to their end. @param rest how far the others were. */
  vulnerabilities: (all: readonly string[], rest: readonly (readonly [severity: string, far: Progress])[]) =>
    `vulnerabilities whose images were read: ${[
      ...(all.length > 0 ? [`all ${all.join(' and ')}`] : []),
      ...rest.map(([severity, far]) => `${progress(far)} ${severity}`),
    ].join(', ')}`,
  requests_left: (count: number) => `${count} requests to HSS are left`,
  /** What an answer lacks as long as it is incomplete. */
  lacks: {
    images: 'Images can be missing',
    findings: 'Findings can be missing',
    order: 'The order can change',
    numbers: 'Numbers can grow and the order can change',
    upgrades: 'The order of the upgrades is partial',
    hosts: 'Hosts of some images were not read yet',
    why_hosts: 'Why hosts cannot scan is not known of all',
    presence: 'not_read images are neither present nor absent yet',
    not_observable: 'What was not read stands in not_observable',
    severities: 'Findings of deeper severities are not told yet',
    containers: 'Containers and the order of the images are not final',
    affected: 'Other images can be affected, too',
  },
};
