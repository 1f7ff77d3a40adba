import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.js';
import { readArguments } from '../../src/mcp/arguments.js';
import { batchScanLocalImage } from '../../src/tools/batch_scan_local_image.js';
import { compareLocalImages } from '../../src/tools/compare_local_images.js';
import { getLocalImageDetails } from '../../src/tools/get_local_image_details.js';
import { getLocalImageScanStatus } from '../../src/tools/get_local_image_scan_status.js';
import { listLocalImages } from '../../src/tools/list_local_images.js';

const IMAGES = [
  { image_id: 'a1', image_name: 'org/app', image_version: 'v1' },
  { image_id: 'b2', image_name: 'nginx', image_version: '1.10' },
];
const scanned = (given: object) => readArguments(batchScanLocalImage, given).image_info_list;

function refusal(given: object): string {
  try {
    return `taken as ${JSON.stringify(readArguments(batchScanLocalImage, given))}`;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

describe('a list of images that a model did not write as a list', () => {
  it.each<[string, object]>([
    ['as JSON text', { image_info_list: JSON.stringify(IMAGES) }],
    ['as JSON text in a list', { image_info_list: IMAGES.map((image) => JSON.stringify(image)) }],
    [
      'as keys with dots and brackets',
      Object.fromEntries(
        IMAGES.flatMap((image, at) =>
          Object.entries(image).map(([name, value]) => [`image_info_list[${at}].${name}`, value]),
        ),
      ),
    ],
    [
      'as keys with dots, out of order',
      Object.fromEntries(
        [...IMAGES.entries()]
          .reverse()
          .flatMap(([at, image]) =>
            Object.entries(image).map(([name, value]) => [`image_info_list.${at}.${name}`, value]),
          ),
      ),
    ],
    [
      'as keys with brackets',
      Object.fromEntries(
        IMAGES.flatMap((image, at) =>
          Object.entries(image).map(([name, value]) => [`image_info_list[${at}][${name}]`, value]),
        ),
      ),
    ],
    ['as whole entries by key', { 'image_info_list[0]': IMAGES[0], 'image_info_list[1]': JSON.stringify(IMAGES[1]) }],
    ['as what becomes of repeated tags', { image_info_list: { item: IMAGES } }],
    [
      'as repeated tags, field by field',
      { image_info_list: { image_id: ['a1', 'b2'], image_name: ['org/app', 'nginx'], image_version: ['v1', '1.10'] } },
    ],
    [
      'as tags',
      {
        image_info_list: IMAGES.map(
          (image) =>
            `<image_info>\n  ${Object.entries(image)
              .map(([name, value]) => `<${name}>${value}</${name}>`)
              .join('\n')}\n</image_info>`,
        ).join('\n'),
      },
    ],
  ])('is taken %s', (_, given) => {
    expect(scanned(given)).toEqual(IMAGES);
  });

  it('is taken as the fields of one image', () => {
    const tags = '<image_id>a1</image_id><image_name>org/app</image_name>';
    expect(scanned({ image_info_list: tags })).toEqual([{ image_id: 'a1', image_name: 'org/app' }]);
    expect(scanned({ image_info_list: { item: IMAGES[0] } })).toEqual([IMAGES[0]]);
  });

  it.each<[string, object, RegExp]>([
    ['a place is left out', { 'image_info_list[1].image_id': 'a' }, /image_info_list\[1\]\.image_id is not a field/],
    [
      'it is given whole, too',
      { image_info_list: IMAGES, 'image_info_list[0].image_id': 'a' },
      /image_info_list\[0\]\.image_id is not a field/,
    ],
    [
      'a field comes twice',
      { 'image_info_list[0].image_id': 'a', 'image_info_list.0.image_id': 'b' },
      /image_info_list\[0\]\.image_id is not a field/,
    ],
    [
      'fields are of different number',
      { image_info_list: { image_id: ['a', 'b'], image_name: ['c'] } },
      /image_info_list\[0\]\.image_id must be of type string, not a list/,
    ],
    [
      'tags of fields repeat',
      { image_info_list: '<image_id>a</image_id><image_id>b</image_id>' },
      /image_info_list\[0\] must be of type object/,
    ],
    [
      'tags do not close',
      { image_info_list: '<item><image_id>a</item>' },
      /image_info_list\[0\] must be of type object/,
    ],
    [
      'tags hold an escape',
      { image_info_list: '<item><image_name>a&amp;b</image_name></item>' },
      /image_info_list\[0\] must be of type object/,
    ],
    [
      'a field of an entry is unknown',
      { 'image_info_list[0].imageid': 'a' },
      /image_info_list\[0\]\.imageid is not a field; did you mean image_id\?/,
    ],
  ])('is refused by its name where %s', (_, given, message) => {
    expect(refusal(given)).toMatch(message);
  });

  it('never becomes a longer or a shorter one', () => {
    const entry = fc.record({ image_id: fc.stringMatching(/^[a-z0-9]{1,8}$/) });
    const ways: readonly ((images: readonly { image_id: string }[]) => object)[] = [
      (images) => ({ image_info_list: JSON.stringify(images) }),
      (images) => Object.fromEntries(images.map(({ image_id }, at) => [`image_info_list[${at}].image_id`, image_id])),
      (images) => ({ image_info_list: { image: images } }),
      (images) => ({ image_info_list: images.map(({ image_id: id }) => `<i><image_id>${id}</image_id></i>`).join('') }),
    ];
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), fc.constantFrom(...ways), (images, way) => {
        expect(scanned(way(images))).toEqual(images);
      }),
    );
  });
});

describe('other values that a model did not write as they are', () => {
  it('objects flattened into keys', () => {
    const flat = { 'before.image_id': 'a', 'after[image_id]': 'b' };
    expect(readArguments(compareLocalImages, flat)).toMatchObject({
      before: { image_id: 'a' },
      after: { image_id: 'b' },
    });
  });

  it('words of a fixed set in one text', () => {
    const { include } = readArguments(getLocalImageDetails, { image_id: 'a', include: 'hosts, packages' });
    expect(include).toEqual(['hosts', 'packages']);
  });

  it('a 0 where none can be meant', () => {
    expect(readArguments(listLocalImages, { limit: 0, offset: 0 })).toEqual({ offset: 0 });
    expect(readArguments(getLocalImageScanStatus, { scan_id: 'scan_1', limit: '0', images: [] })).toEqual({
      scan_id: 'scan_1',
    });
  });
});
