import { plural } from './plural.js';

/** What the tool that writes a report says. */
export const exporting = {
  reading: 'Reading images and findings',
  not_yet: 'Nothing was written yet: the findings are still being read, and the reading goes on.',
  call_again: 'Call again with the same arguments; what was read is kept.',
  written: (findings: number, images: number, format: string) =>
    `Wrote ${plural(findings, 'finding')} of ${plural(images, 'image')} as ${format}.`,
  not_whole: 'The file says that it is not whole, and its name does.',
  tell_path: 'Tell the person where the file lies. To compare later, export json and name it as baseline.',
};
