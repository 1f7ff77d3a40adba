/** What the command `report` says of its report. */
export const command = {
  progress: (what: string, done: number, total: number) => `${what}: ${done} of ${total}`,
  reading: 'Reading images and findings',
  reading_images: 'Reading images',
  asking: 'Asking HSS for scans',
  ended: 'Scans ended',
  failed: (error: string) => `report failed: ${error}`,
  written: (open: number, handled: number, images: number, path: string) =>
    `${open} open ${open === 1 ? 'finding' : 'findings'} and ${handled} handled in ${images} ${images === 1 ? 'image' : 'images'}: ${path}`,
  over_limit: (severity: string) => `There are open findings of at least ${severity}.`,
  incomplete: (why: string) => `Not everything was read: ${why}`,
};
