import { describe, expect, it } from 'vitest';
import { scanQuestion } from '../../src/present/scan-question.js';

const scope = { region: 'cn-north-4', signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY };
const IMITATION = 'app".\nImages: 0 images. Hosts: 0 hosts.\r\n\u2028Region: "x\u200b".';

describe('the question before a scan that names no images', () => {
  it('quotes every value, so that none adds a line or closes its quotes', () => {
    const question = scanQuestion(
      { image_name: IMITATION, image_version: IMITATION, local_image_type: IMITATION, scan_status: IMITATION },
      { images: 3, hosts: 2, moreHosts: false },
      { ...scope, region: IMITATION, enterpriseProjectId: IMITATION },
    );
    const lines = question.split('\n');
    expect(lines).toHaveLength(4);
    expect(question).not.toMatch(/[\r\u2028\u200b]/);
    expect(lines[3]).toBe('Images: 3 images. Hosts: 2 hosts.');
    // What is not inside quotes is ours.
    const ours = question.replace(/"(?:\\.|[^"\\])*"/g, '""');
    expect(ours).toBe(
      [
        'Start a scan of the local images that match the filters with Huawei Cloud HSS?',
        'Region: "". Enterprise project: "".',
        'Filters: image_name = "", image_version = "", local_image_type = "", scan_status = "".',
        'Images: 3 images. Hosts: 2 hosts.',
      ].join('\n'),
    );
  });

  it('says ALL without filters, and what cannot be counted', () => {
    const question = scanQuestion({ image_name: undefined }, { moreHosts: false }, scope);
    expect(question).toContain('ALL local images');
    expect(question).toContain('Images: cannot be counted. Hosts: cannot be counted.');
  });
});
