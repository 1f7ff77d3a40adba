import { notFound } from '../errors.js';
import type { Operation } from '../operation.js';

/** ListQueryExportTask. An unknown task is a resource that is not there; the file is named after success only. */
export const listQueryExportTask: Operation = {
  name: 'ListQueryExportTask',
  method: 'GET',
  path: 'export-task/{task_id}',
  regionRequired: false,
  carryOut({ path, exports, choices }) {
    const task = exports.task(path.task_id ?? '');
    if (!task) throw notFound();
    const { taskId: task_id, fileId: file_id, fileName: file_name } = task;
    const hasEnded = task.endsAt <= exports.now() && choices.exportTask !== 'never_ends';
    const named = { task_id, task_name: 'local_image_vul' };
    if (!hasEnded) return { ...named, task_status: 'running' };
    if (choices.exportTask === 'fails') return { ...named, task_status: 'failure' };
    return { ...named, task_status: 'success', file_id, file_name };
  },
};
