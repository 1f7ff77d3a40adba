import { notFound } from '../errors.js';
import type { Operation } from '../operation.js';

/** ListDownloadExportedFile: the file itself, a ZIP, and no JSON. */
export const listDownloadExportedFile: Operation = {
  name: 'ListDownloadExportedFile',
  method: 'GET',
  path: 'download/{file_id}',
  regionRequired: false,
  carryOut({ path, exports }) {
    const found = exports.file(path.file_id ?? '');
    if (!found) throw notFound();
    return found.make();
  },
};
