/**
 * Where the documents of HSS leave a choice open: what the embedded HSS does. {@link DEFAULT_CHOICES} says what
 * it does unless told otherwise; tests run a client against the rest, too, because the real service may have chosen it.
 */
export interface Choices {
  /** Rows of ListImageLocal: a row has a number of hosts and one host, so it may stand for an image or for one host of it. */
  readonly localImageRows: 'image' | 'image_and_host';
  /**
   * Rows of ListVulAffectImages: a row has one agent, so it may stand for an image or for an image on one agent. Its
   * `container_num` counts those of the image in either case.
   */
  readonly affectedImageRows: 'image' | 'image_and_agent';
  /** What `image_num` of ListGeneralImageVuls counts where an image has several digests: each digest, or the id once. */
  readonly imageNumCounts: 'digests' | 'ids';
  /**
   * ListImageHandleAffectVulnerabilities: in agreement with the other lists, not to be had (its permission and where it
   * is published are not documented), with every seventh pair missing, or with a pair for every host of an image.
   */
  readonly pairs: 'agreeing' | 'refused_403' | 'refused_404' | 'some_missing' | 'one_a_host';
  /** Whether ListImageHandleAffectVulnerabilities takes `handle_status` into account; else it gives open and handled pairs. */
  readonly pairsHonourHandleStatus: boolean;
  /** What an empty list selects in ListImageHandleAffectVulnerabilities. */
  readonly emptyPairsList: 'refused' | 'nothing' | 'everything';
  /** Which filters BatchScanLocalImage obeys with `operate_all`; the page does not say that it obeys any. */
  readonly honouredFilters: 'all' | 'image_name';
  /** Whether BatchScanLocalImage obeys filters without `operate_all` and without a list. */
  readonly loneFilters: 'ignored' | 'honoured';
  /** Which of the filters that it shares with BatchScanLocalImage ListImageLocal obeys. */
  readonly listedFilters: 'all' | 'image_name';
  /**
   * The documented rules for characters in the text filters of ListImageLocal, which real names break: not applied, an
   * `HSS.0001`, or an empty list.
   */
  readonly nameRule: 'none' | 'enforced' | 'empty';
  /** How names match where the documents do not say it: `vul_name`, `app_name`, `host_name`, `image_name` of vulnerabilities. */
  readonly textMatch: 'part' | 'exact';
  /** What `solution_detail` says: the fix, no version at all, or the fix of another distribution. */
  readonly solutionDetail: 'fix' | 'generic' | 'other_distribution';
  /** The form of scan times in the rows of lists. Documented as numbers; ListVulAffectImages has text in any case. */
  readonly scanTimes: 'number' | 'text';
  /** Whether a scan that fails moves `latest_scan_time`, too. */
  readonly failedScanMovesTime: boolean;
  /** What the rows of ListImageLocal call a scan that waits; the query says `waiting_for_scan` in any case. */
  readonly waitingStatus: 'waiting' | 'waiting_for_scan';
  /** `total_num` of a page beyond the end: of all rows, or 0 as of the page. */
  readonly totalNumBeyondEnd: 'all' | 'page';
  /** Whether a scan of a local image finds something about its baseline; the documents say both. */
  readonly baseline: 'none' | 'some';
  /** Rows of ListGeneralImageVulOperations: in which order they come, and whether each agent has its own. */
  readonly handlings: 'oldest_first' | 'newest_first' | 'newest_first_one_an_image';
  /** `check_info_list` of ShowImageCheckRuleDetail: whole objects, or one for each field as in the vendor's sample. */
  readonly checkInfo: 'whole' | 'one_field_each';
  /** How the task of an export ends; no source tells how long one takes, or when one fails. */
  readonly exportTask: 'succeeds' | 'fails' | 'never_ends';
  /** The operations that the caller has no permission for, by name, and the code that HSS answers with status 403. */
  readonly refused: Readonly<Record<string, 'HSS.0013' | '00000010'>>;
}

export const DEFAULT_CHOICES: Choices = {
  localImageRows: 'image',
  affectedImageRows: 'image',
  imageNumCounts: 'digests',
  pairs: 'agreeing',
  pairsHonourHandleStatus: true,
  emptyPairsList: 'refused',
  honouredFilters: 'all',
  loneFilters: 'ignored',
  listedFilters: 'all',
  nameRule: 'none',
  textMatch: 'part',
  solutionDetail: 'fix',
  scanTimes: 'number',
  failedScanMovesTime: false,
  waitingStatus: 'waiting',
  totalNumBeyondEnd: 'all',
  baseline: 'none',
  handlings: 'oldest_first',
  checkInfo: 'whole',
  exportTask: 'succeeds',
  refused: {},
};
