import type { Choices } from '../choices.js';
import { type ImageState, softwareOf } from '../estate.js';
import type { OperationCall } from '../operation.js';
import { BASELINES, type BaselineRule } from '../seed/baseline.js';

/** Types of images that the operations for one rule take. */
export const RULE_IMAGE_TYPES = ['private_image', 'shared_image', 'local_image', 'instance_image'] as const;
export const STANDARDS = ['cn_standard', 'hw_standard'] as const;

/** A rule, and whether any of the images that it was checked in fails it. */
export interface CheckedRule {
  readonly rule: BaselineRule;
  readonly failed: boolean;
}

/** What the scan of an image found about its baseline: nothing, unless it was chosen that scans look at it. */
export function baselineOf(state: ImageState, { baseline }: Choices): readonly CheckedRule[] {
  if (baseline === 'none') return [];
  const rules = BASELINES.get(checkOf(state)) ?? [];
  const { image_size } = state.image;
  return rules.map((rule, index) => ({ rule, failed: (image_size + index) % 3 === 0 }));
}

/** The rules that were checked in any of the images, each once; one is failed where an image fails it. */
export function checkedRules(states: readonly ImageState[], choices: Choices): CheckedRule[] {
  const failed = new Map<BaselineRule, boolean>();
  for (const state of states) {
    for (const checked of baselineOf(state, choices)) {
      failed.set(checked.rule, checked.failed || failed.get(checked.rule) === true);
    }
  }
  return [...failed].map(([rule, isFailed]) => ({ rule, failed: isFailed }));
}

/**
 * The local images that a query of the baseline selects: by id, which overrides the rest, or by a part of the name and
 * then also by version; all of them without a selector, and none for another kind of images.
 */
export function baselineImages({ query, view }: OperationCall, imageType: string | undefined): readonly ImageState[] {
  const imageId = query.text('image_id', { max: 128 });
  const imageName = query.text('image_name');
  const imageVersion = query.text('image_version');
  for (const name of ['namespace', 'instance_id']) query.text(name);
  if (imageType !== 'local_image' && imageType !== 'local') return [];
  if (imageId !== undefined) return view.withId(imageId);
  if (imageName === undefined) return view.states;
  return view.states.filter(
    ({ image }) =>
      image.image_name.includes(imageName) && (imageVersion === undefined || image.image_version === imageVersion),
  );
}

/** Name of the check for the distribution that an image is built on; empty where there is none. */
function checkOf(state: ImageState): string {
  const types = new Set(softwareOf(state).map(({ distribution, app_type }) => distribution ?? app_type));
  if (types.has('debian') || types.has('deb')) return 'Debian 10';
  if (types.has('euleros')) return 'EulerOS';
  return types.has('centos') || types.has('rpm') ? 'CentOS 7' : '';
}
