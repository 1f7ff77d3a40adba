import type { Choices } from '../choices.js';
import { invalidParameter, noSuchApi, permissionMissing } from '../errors.js';
import type { ImageState } from '../estate.js';
import { type Operation, type OperationCall, pageOf } from '../operation.js';
import type { Parameters } from '../parameters.js';
import type { Vulnerability } from '../seed/vulnerabilities.js';
import { textMatch } from './text-match.js';
import { HANDLE_STATES, VUL_TYPES } from './vulnerability-terms.js';

const MOST_ITEMS = 5000;
const OPERATE_TYPES = ['ignore', 'not_ignore', 'manual_repair', 'add_to_whitelist'] as const;
const SELECT_TYPES = ['all_vul', 'specific_image_all_vul', 'specific_vul_all_image', 'vul_view', 'image_view'] as const;

interface Pair {
  readonly state: ImageState;
  readonly vulnerability: Vulnerability;
}

interface Pairs {
  readonly rows: readonly Pair[];
  readonly vul_num: number;
  readonly image_num: number;
}

/**
 * ListImageHandleAffectVulnerabilities: a query although a POST. Its body is that of the writing HandleImageVulnerability,
 * which the embedded HSS does not have. Not documented, and chosen here: an image with several digests has a pair for each
 * of them, `operate_type` does not narrow the rows, and without `handle_status` there are open and handled pairs.
 */
export const listImageHandleAffectVulnerabilities: Operation = {
  name: 'ListImageHandleAffectVulnerabilities',
  method: 'POST',
  path: 'image/vulnerability/handle-affect-vulnerabilities',
  regionRequired: false,
  carryOut(call) {
    const { view, query, choices, question } = call;
    if (choices.pairs === 'refused_403') throw permissionMissing();
    if (choices.pairs === 'refused_404') throw noSuchApi();
    for (const [name, least, most] of [
      ['offset', 0, 2_000_000],
      ['limit', 10, 200],
    ] as const) {
      query.integer(name, least, most, true);
    }
    const { rows, vul_num, image_num } = view.remember(question, () => counted(select(call)));
    return { total_vul_num: rows.length, vul_num, image_num, data_list: pageOf(rows, query).map(row) };
  },
};

function row({ state: { image }, vulnerability }: Pair): object {
  const { vul_id, vul_name } = vulnerability;
  return { image_id: image.image_id, image_name: image.image_name, vul_id, vul_name };
}

function counted(rows: readonly Pair[]): Pairs {
  const vul_num = new Set(rows.map(({ vulnerability }) => vulnerability)).size;
  const image_num = new Set(rows.map(({ state }) => state.image.image_id)).size;
  return { rows, vul_num, image_num };
}

function select(call: OperationCall): Pair[] {
  const { query, body, choices } = call;
  const imageType = body.oneOf('image_type', ['local', 'registry', 'cicd'], { required: true });
  const type = body.oneOf('type', VUL_TYPES, { required: true });
  body.oneOf('operate_type', OPERATE_TYPES, { required: true });
  const handleStatus = body.oneOf('handle_status', HANDLE_STATES);
  body.text('remark', { max: 512 });
  const named = textMatch(query.text('image_name', { max: 512 }), choices);
  const called = textMatch(query.text('vul_name', { max: 512 }), choices);
  const selected = selectionOf(body, choices);
  const statuses = choices.pairsHonourHandleStatus && handleStatus ? [handleStatus] : HANDLE_STATES;
  const pairs = statuses
    .flatMap((status) => selected(call, status === 'handled'))
    .filter(
      ({ state, vulnerability }) =>
        imageType === 'local' &&
        vulnerability.type === type &&
        named(state.image.image_name) &&
        called(vulnerability.vul_name),
    );
  return disturbed(pairs, choices);
}

type Selection = (call: OperationCall, handled: boolean) => Pair[];

/** Each list counts only with its own `select_type`; all are checked. */
function selectionOf(body: Parameters, choices: Choices): Selection {
  const selectType = body.oneOf('select_type', SELECT_TYPES, { required: true });
  const imageIds = body.texts('image_id_list', { max: 512, most: MOST_ITEMS });
  const vulIds = body.texts('vul_id_list', { max: 128, most: MOST_ITEMS });
  const byVulnerability = body.objects('vul_data_list', MOST_ITEMS)?.map((item) => ({
    vul_id: item.text('vul_id', { required: true, max: 128 }) ?? '',
    image_id_list: filled(item.texts('image_id_list', { max: 512, most: MOST_ITEMS }), 'image_id_list', choices),
  }));
  const byImage = body.objects('image_data_list', MOST_ITEMS)?.map((item) => ({
    image_id: item.text('image_id', { required: true, max: 512 }) ?? '',
    vul_id_list: filled(item.texts('vul_id_list', { max: 128, most: MOST_ITEMS }), 'vul_id_list', choices),
  }));
  switch (selectType) {
    case 'specific_image_all_vul':
      return ofList(imageIds, 'image_id_list', choices, (id) => ofImage(id));
    case 'specific_vul_all_image':
      return ofList(vulIds, 'vul_id_list', choices, (id) => ofVulnerability(id));
    case 'vul_view':
      return ofList(byVulnerability, 'vul_data_list', choices, (item) =>
        ofVulnerability(item.vul_id, item.image_id_list),
      );
    case 'image_view':
      return ofList(byImage, 'image_data_list', choices, (item) => ofImage(item.image_id, item.vul_id_list));
    default:
      return everything;
  }
}

/** A list that may not be empty. As an inner list, an empty one selects nothing or stands for no restriction. */
function filled<T>(
  list: readonly T[] | undefined,
  name: string,
  { emptyPairsList }: Choices,
): readonly T[] | undefined {
  if (list !== undefined && list.length > 0) return list;
  if (emptyPairsList === 'refused') throw invalidParameter(`${name} must not be empty`);
  return emptyPairsList === 'everything' ? undefined : [];
}

function ofList<T>(
  list: readonly T[] | undefined,
  name: string,
  choices: Choices,
  of: (item: T) => Selection,
): Selection {
  const items = filled(list, name, choices);
  if (items === undefined) return everything;
  // A pair that is named twice is one pair.
  const selections = [...new Map(items.map((item) => [JSON.stringify(item), of(item)])).values()];
  return (call, handled) => selections.flatMap((selection) => selection(call, handled));
}

const everything: Selection = ({ view }, handled) =>
  view.states.flatMap((state) => pairsOf(state, view.estate.findingsOf(state, handled)));

const ofImage =
  (imageId: string, vulIds?: readonly string[]): Selection =>
  ({ view }, handled) =>
    view
      .withId(imageId)
      .flatMap((state) => pairsOf(state, view.estate.findingsOf(state, handled)))
      .filter(({ vulnerability }) => vulIds === undefined || vulIds.includes(vulnerability.vul_id));

const ofVulnerability =
  (vulId: string, imageIds?: readonly string[]): Selection =>
  ({ view }, handled) => {
    const vulnerability = view.estate.vulnerabilities.get(vulId);
    if (!vulnerability) return [];
    return (view.affected(handled).get(vulnerability) ?? [])
      .filter(({ image }) => imageIds === undefined || imageIds.includes(image.image_id))
      .map((state) => ({ state, vulnerability }));
  };

function pairsOf(state: ImageState, findings: readonly Pick<Pair, 'vulnerability'>[]): Pair[] {
  return findings.map(({ vulnerability }) => ({ state, vulnerability }));
}

/** The pairs as chosen: in agreement with the other lists or not. */
function disturbed(pairs: Pair[], { pairs: choice }: Choices): Pair[] {
  if (choice === 'some_missing') return pairs.filter((_, index) => index % 7 !== 6);
  if (choice === 'one_a_host') return pairs.flatMap((pair) => pair.state.image.hosts.map(() => pair));
  return pairs;
}
