import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digestProblem,
  imageIdProblem,
  imageNameProblem,
  nameFilterProblem,
  versionProblem,
} from '../../src/images/naming.js';
import { HOME_IMAGES, OTHER_IMAGES } from '../../src/sandbox/seed/images.js';

const HEX = '05b5081012e562d14c374de2a4c74511f9e8e0adc572d3b35fb3df06de0da63b';
const DIGEST = `sha256:${HEX}`;

describe('an image as people write it', () => {
  it.each([
    ['registry/org/app:v1', 'image_name: "registry/org/app", image_version: "v1"'],
    ['app:v1', 'image_name: "app", image_version: "v1"'],
    ['app:5000', 'image_name: "app", image_version: "5000"'],
    ['host:5000/app:1.10_x-y', 'image_name: "host:5000/app", image_version: "1.10_x-y"'],
    [`registry/org/app@${DIGEST}`, `image_name: "registry/org/app", image_digest: "${DIGEST}"`],
    [`host:5000/app:v1@${DIGEST}`, `image_name: "host:5000/app", image_version: "v1", image_digest: "${DIGEST}"`],
    ['app@sha256:05b5081012e5', 'image_name: "app", image_digest: "sha256:<64 hexadecimal digits>"'],
    ['docker://registry/org/app:v1', 'image_name: "registry/org/app", image_version: "v1"'],
    [`docker-pullable://registry/org/app@${DIGEST}`, `image_name: "registry/org/app", image_digest: "${DIGEST}"`],
    ['https://registry/org/app', 'image_name: "registry/org/app"'],
    [DIGEST, `image_digest: "${DIGEST}"`],
  ])('image_name %s is shown split', (text, split) => {
    expect(imageNameProblem(text)).toContain(split);
    expect(nameFilterProblem(text)).toContain(split);
  });

  it.each([
    ['0123456789ab', /short form/],
    ['0123456789AB', /short form/],
    [DIGEST, `image_digest: "${DIGEST}"`],
    ['sha256:0123456789ab', /digest/],
    [`registry/org/app@${DIGEST}`, `image_name: "registry/org/app", image_digest: "${DIGEST}"`],
    ['registry/org/app:v1', 'image_name: "registry/org/app", image_version: "v1"'],
  ])('image_id %s is none', (text, message) => {
    expect(imageIdProblem(text)).toMatch(message);
  });

  it.each([
    [HEX, `image_digest: "${DIGEST}"`],
    [`registry/org/app@${DIGEST}`, `image_name: "registry/org/app", image_digest: "${DIGEST}"`],
    ['sha256:05b5081012e5', /64 hexadecimal digits/],
    [`sha256:${HEX.slice(1)}`, /64 hexadecimal digits/],
    [`sha256:${'z'.repeat(64)}`, /64 hexadecimal digits/],
    [`sha512:${HEX}${HEX}`, /64 hexadecimal digits/],
    [`sha1:${HEX.slice(0, 40)}`, /64 hexadecimal digits/],
    ['v1', /64 hexadecimal digits/],
  ])('image_digest %s is none', (text, message) => {
    expect(digestProblem(text)).toMatch(message);
  });

  it.each([
    [':v1', 'image_version: "v1"'],
    ['app:v1', 'image_version: "v1"'],
    ['registry/org/app:v1', 'image_name: "registry/org/app", image_version: "v1"'],
    [`v1@${DIGEST}`, `image_version: "v1", image_digest: "${DIGEST}"`],
    [`@${DIGEST}`, `image_digest: "${DIGEST}"`],
  ])('image_version %s is none', (text, message) => {
    expect(versionProblem(text)).toContain(message);
  });
});

describe('real values go unchanged', () => {
  it.each([
    'host:5000/app',
    'registry.example.com:5000/ml/pytorch-serve',
    'a/b:c@sha256 d',
    '报表 镜像/名称',
    "o'brien*(x)!~",
    'a+b&c=d%2F#?',
    '<none>',
    '<none>:<none>',
    'null/app',
    'undefined-app',
    'app@host',
  ])('image_name %s', (text) => {
    expect([imageNameProblem(text), nameFilterProblem(text)]).toEqual([undefined, undefined]);
  });

  it('a filter may be any part of a name, also the host with its port', () => {
    for (const part of ['registry.example.com:5000', '10.0.0.1:5000', 'localhost:5000', ':5000/', '/app', 'null']) {
      expect(nameFilterProblem(part)).toBeUndefined();
    }
  });

  it.each([
    'c499ab72-7ee9-4ee6-b6b7-5973230e7a7b',
    HEX,
    '1',
    '0123456789a',
    '0123456789abc',
    '0123456789ag',
    'a/b',
    'a:b',
  ])('image_id %s', (text) => expect(imageIdProblem(text)).toBeUndefined());

  it.each([DIGEST, DIGEST.toUpperCase().replace('SHA', 'sha'), DIGEST.padEnd(128, '0')])('image_digest %s', (text) => {
    expect(digestProblem(text)).toBeUndefined();
  });

  it.each(['v1', '1.0.10.x86_64', '<none>', 'latest', 'null', 'undefined', '1+build', DIGEST, '报表'])(
    'image_version %s',
    (text) => expect(versionProblem(text)).toBeUndefined(),
  );

  it('every image of the embedded estate', () => {
    for (const image of [...HOME_IMAGES, ...OTHER_IMAGES]) {
      expect([
        imageNameProblem(image.image_name),
        imageIdProblem(image.image_id),
        digestProblem(image.image_digest),
        versionProblem(image.image_version),
      ]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('names by the rule of repositories, with any registry, and tags of any form', () => {
    const part = fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+){0,2}$/);
    const registry = fc
      .tuple(part, fc.option(fc.integer({ min: 1, max: 65_535 })))
      .map(([host, port]) => (port === null ? host : `${host}:${port}`));
    const repository = fc.tuple(registry, fc.array(part, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(repository, fc.stringMatching(/^\w[\w.-]{0,127}$/), ([host, parts], tag) => {
        const name = [host, ...parts].join('/');
        expect([imageNameProblem(name), nameFilterProblem(name), versionProblem(tag)]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
        expect(imageNameProblem(`${name}:${tag}`)).toContain(
          `image_name: ${JSON.stringify(name)}, image_version: ${JSON.stringify(tag)}`,
        );
      }),
    );
  });
});
