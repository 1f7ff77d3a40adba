import type { z } from 'zod';
import type { CallLimits } from '../call/limits.js';
import type { ApiAnswer, CloudApi } from '../cloud/api.js';
import { requestIdOf } from '../cloud/error-body.js';
import { failureOfContent, type OperationInfo } from '../cloud/failures.js';
import { badInput } from '../failure.js';
import { canonicalQuery, percentEncode } from '../http/target.js';
import type { ExpectedFile, HttpResponse } from '../http/transport.js';
import { words } from '../words/words.js';
import {
  type AffectedPairsPage,
  type AffectedPairsSelection,
  affectedPairsBody,
  affectedPairsPage,
} from './affected-pairs.js';
import { HSS_CODES } from './codes.js';
import {
  EXPORTED_FILE,
  type ExportedFile,
  type ExportSelection,
  type ExportStart,
  type ExportState,
  exportBody,
  exportStart,
  exportState,
  failureOfFile,
  MOST_EXPORTED_ROWS,
} from './exports.js';
import {
  type AgentImageSelector,
  containerNode,
  globalImageApp,
  type ImageCheckRuleDetail,
  imageCheckRuleDetail,
  imageRiskConfigRule,
  type ListContainerNodesQuery,
  type ListGeneralImageVulOperationsQuery,
  type ListImageRiskConfigRulesQuery,
  type ShowImageCheckRuleDetailQuery,
  vulAffectImageContainer,
  vulOperation,
} from './further-models.js';
import {
  type GeneralImageVul,
  generalImageVul,
  type ImageSelector,
  imageRiskConfig,
  type ListGeneralImageVulsQuery,
  type ListImageLocalQuery,
  type ListVulAffectImagesQuery,
  type LocalImage,
  type LocalImageBatchScanRequestBody,
  localImage,
  localImageApp,
  localImageContainer,
  localImageHost,
  type Page,
  type Paging,
  page,
  type VulAffectImage,
  type VulAffectImageApp,
  vulAffectImage,
  vulAffectImageApp,
  vulnerabilityCve,
} from './models.js';
import { HSS_OPERATIONS, type HssOperationName, isAllowed } from './operations.js';
import { permissionAdvice } from './permissions.js';

/** Where a call goes, and how long it may take. */
export interface CallScope extends CallLimits {
  readonly region: string;
  /** Absent: HSS looks in enterprise project 0. */
  readonly enterpriseProjectId?: string | undefined;
}

/** What is known when HSS has accepted a scan request: HSS itself answers with an empty body. */
export interface ScanAcceptance {
  readonly requestId?: string;
  /** Time of the answer on the clock of the server, or of this machine when the answer carries none. */
  readonly acceptedAt: Date;
}

/** Where the calls of a region go. */
export interface Routes {
  /** Origin of HSS. @throws {Failure} of source `input` for a region that the settings do not reach. */
  hss(region: string): string;
  /** Id of the project. @throws {Failure} as `hss`, and when IAM cannot tell it. */
  projectId(region: string, limits: CallLimits): Promise<string>;
}

/** The operations of HSS that this program uses, named as HSS names them. */
export class HssClient {
  constructor(
    private readonly api: CloudApi,
    private readonly routes: Routes,
  ) {}

  /** `POST /v5/{project_id}/image/local/batch-scan`: starts scans of local images. 200 means accepted, not finished. */
  async batchScanLocalImage(body: LocalImageBatchScanRequestBody, scope: CallScope): Promise<ScanAcceptance> {
    const operation = hssOperation('BatchScanLocalImage');
    const response = await this.#send(operation, {}, scope, { body: JSON.stringify(body) });
    if (response.body.trim() !== '' && response.json === undefined) {
      throw failureOfContent(operation, response, words().failures.not_empty);
    }
    const requestId = requestIdOf(response);
    return { ...(requestId && { requestId }), acceptedAt: servedAt(response) };
  }

  /** `GET /v5/{project_id}/image/local-repositories`: the local images and the state of their scans. */
  listImageLocal(query: ListImageLocalQuery, scope: CallScope): Promise<Page<LocalImage>> {
    return this.#list('ListImageLocal', { ...query }, localImage, scope);
  }

  /** `GET /v5/{project_id}/images/vulnerabilities`: vulnerabilities across local images, one kind a call. */
  listGeneralImageVuls(query: ListGeneralImageVulsQuery, scope: CallScope): Promise<Page<GeneralImageVul>> {
    return this.#list('ListGeneralImageVuls', { image_type: 'local', ...query }, generalImageVul, scope);
  }

  /** `GET /v5/{project_id}/vulnerability/images`: the local images in which a vulnerability was found. */
  listVulAffectImages(query: ListVulAffectImagesQuery, scope: CallScope): Promise<Page<VulAffectImage>> {
    return this.#list('ListVulAffectImages', { image_type: 'local', ...query }, vulAffectImage, scope);
  }

  /** `GET /v5/{project_id}/image/vulnerability/{image_id}/apps`: the packages of an image with a vulnerability. */
  listVulAffectImageApps(
    imageId: string,
    query: Paging & { readonly vul_id: string; readonly is_handled: boolean },
    scope: CallScope,
  ): Promise<Page<VulAffectImageApp>> {
    const values = { image_type: 'local', ...query };
    return this.#list('ListVulAffectImageApps', values, vulAffectImageApp, scope, { image_id: imageId });
  }

  /** `GET /v5/{project_id}/image/vulnerability/{vul_id}/cve`: the CVEs behind a vulnerability. */
  listVulnerabilityCve(vulId: string, query: Paging, scope: CallScope) {
    return this.#list('ListVulnerabilityCve', { ...query }, vulnerabilityCve, scope, { vul_id: vulId });
  }

  /** `GET /v5/{project_id}/image/local/apps`: the software of a local image. */
  listLocalImageAppInfo(query: Paging & { readonly image_id: string }, scope: CallScope) {
    return this.#list('ListLocalImageAppInfo', { ...query }, localImageApp, scope);
  }

  /** `GET /v5/{project_id}/image/local/hosts`: the hosts that hold a local image. */
  listLocalImageHosts(query: Paging & ImageSelector, scope: CallScope) {
    return this.#list('ListLocalImageHosts', { ...query }, localImageHost, scope);
  }

  /** `GET /v5/{project_id}/image/local/containers`: the containers that run from a local image. */
  listLocalImageContainers(query: Paging & ImageSelector, scope: CallScope) {
    return this.#list('ListLocalImageContainers', { ...query }, localImageContainer, scope);
  }

  /** `GET /v5/{project_id}/image/baseline/risk-configs`: baseline results of a local image. */
  listImageRiskConfigs(query: Paging & { readonly image_id: string }, scope: CallScope) {
    return this.#list('ListImageRiskConfigs', { image_type: 'local_image', ...query }, imageRiskConfig, scope);
  }

  /**
   * `POST /v5/{project_id}/image/vulnerability/handle-affect-vulnerabilities`: pairs of image and vulnerability. A query
   * although a POST: it shows what a handling would touch and touches nothing.
   * @throws {Failure} of source `input` when a list of ids is empty or holds an empty id, whose effect HSS leaves open.
   */
  async listImageHandleAffectVulnerabilities(
    selection: AffectedPairsSelection,
    paging: Required<Paging>,
    scope: CallScope,
  ): Promise<AffectedPairsPage> {
    const operation = hssOperation('ListImageHandleAffectVulnerabilities');
    const body = JSON.stringify(affectedPairsBody(selection));
    const response = await this.#send(operation, { ...paging }, scope, { body });
    const parsed = affectedPairsPage.safeParse(response.json);
    if (!parsed.success) throw failureOfContent(operation, response, words().failures.no_list);
    return { ...parsed.data, servedAt: servedAt(response) };
  }

  /** `GET /v5/{project_id}/image/vulnerability/{image_id}/containers`: the containers of an image on one agent. */
  listVulAffectImageContainers(imageId: string, query: Paging & AgentImageSelector, scope: CallScope) {
    return this.#list('ListVulAffectImageContainers', { ...query }, vulAffectImageContainer, scope, {
      image_id: imageId,
    });
  }

  /** `GET /v5/{project_id}/image/vulnerability/handle-history`: who handled a vulnerability on which image, and when. */
  listGeneralImageVulOperations(query: Paging & ListGeneralImageVulOperationsQuery, scope: CallScope) {
    return this.#list('ListGeneralImageVulOperations', { image_type: 'local', ...query }, vulOperation, scope);
  }

  /** `GET /v5/{project_id}/image/apps`: the software of all local images, a row for each software and image. */
  listGlobalImageApps(query: Paging & { readonly app_name?: string | undefined }, scope: CallScope) {
    return this.#list('ListGlobalImageApps', { image_type: 'local', ...query }, globalImageApp, scope);
  }

  /** `GET /v5/{project_id}/container/nodes`: the container hosts with their agent and protection. */
  listContainerNodes(query: Paging & ListContainerNodesQuery, scope: CallScope) {
    return this.#list('ListContainerNodes', { ...query }, containerNode, scope);
  }

  /** `GET /v5/{project_id}/image/baseline/risk-configs/{check_name}/rules`: the rules of one baseline. */
  listImageRiskConfigRules(checkName: string, query: Paging & ListImageRiskConfigRulesQuery, scope: CallScope) {
    return this.#list('ListImageRiskConfigRules', { image_type: 'local_image', ...query }, imageRiskConfigRule, scope, {
      check_name: checkName,
    });
  }

  /** `GET /v5/{project_id}/image/baseline/check-rule/detail`: what one rule of a baseline asks for, and its remedy. */
  async showImageCheckRuleDetail(
    query: ShowImageCheckRuleDetailQuery,
    scope: CallScope,
  ): Promise<ImageCheckRuleDetail> {
    const operation = hssOperation('ShowImageCheckRuleDetail');
    const response = await this.#send(operation, { image_type: 'local_image', ...query }, scope);
    const parsed = imageCheckRuleDetail.safeParse(response.json);
    if (!parsed.success) throw failureOfContent(operation, response, words().failures.no_object);
    return parsed.data;
  }

  /**
   * `POST /v5/{project_id}/image/local-vulnerability/export`: begins HSS's own export of findings. It leaves a task and a
   * file behind in HSS, and changes nothing else there.
   */
  async batchExportLocalVulTask(selection: ExportSelection, scope: CallScope): Promise<ExportStart> {
    const operation = hssOperation('BatchExportLocalVulTask');
    const body = JSON.stringify(exportBody(selection));
    const response = await this.#send(operation, { export_size: MOST_EXPORTED_ROWS }, scope, { body });
    const parsed = exportStart.safeParse(response.json);
    if (!parsed.success) throw failureOfContent(operation, response, 'the answer names no task');
    return parsed.data;
  }

  /** `GET /v5/{project_id}/export-task/{task_id}`: how far an export is. */
  async listQueryExportTask(taskId: string, scope: CallScope): Promise<ExportState> {
    const operation = hssOperation('ListQueryExportTask');
    const response = await this.#send(operation, {}, scope, { ids: { task_id: taskId } });
    const parsed = exportState.safeParse(response.json);
    if (!parsed.success) throw failureOfContent(operation, response, 'the answer does not say how far the task is');
    return parsed.data;
  }

  /**
   * `GET /v5/{project_id}/download/{file_id}`: the file of an export, a ZIP, as it comes. Where HSS points to another
   * address no request goes there.
   * @throws {Failure} also for a file beyond 64 MiB and for what is no ZIP.
   */
  async listDownloadExportedFile(fileId: string, scope: CallScope): Promise<ExportedFile> {
    const operation = hssOperation('ListDownloadExportedFile');
    const options = { ids: { file_id: fileId }, file: EXPORTED_FILE };
    const response = await this.#send(operation, {}, scope, options).catch((error: unknown) => {
      throw failureOfFile(error);
    });
    if (!response.file) throw failureOfContent(operation, response, 'the answer is not the file of the export, a ZIP');
    return { pieces: response.file };
  }

  /** The project that calls in `region` go to. */
  projectId(region: string, limits: CallLimits): Promise<string> {
    return this.routes.projectId(region, limits);
  }

  async #list<T extends z.ZodType>(
    name: HssOperationName,
    query: QueryValues,
    row: T,
    scope: CallScope,
    ids: Ids = {},
  ): Promise<Page<z.output<T>>> {
    const operation = hssOperation(name);
    const response = await this.#send(operation, query, scope, { ids });
    const parsed = page(row).safeParse(response.json);
    if (!parsed.success) throw failureOfContent(operation, response, words().failures.no_list);
    return { ...(parsed.data as Omit<Page<z.output<T>>, 'servedAt'>), servedAt: servedAt(response) };
  }

  async #send(
    operation: OperationInfo & { readonly name: HssOperationName },
    query: QueryValues,
    scope: CallScope,
    { ids = {}, body, file }: { readonly ids?: Ids; readonly body?: string; readonly file?: ExpectedFile } = {},
  ): Promise<ApiAnswer> {
    const { region, enterpriseProjectId } = scope;
    const { method, path: template } = HSS_OPERATIONS[operation.name];
    const below = template.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, ids[name]));
    const origin = this.routes.hss(region);
    const projectId = await this.routes.projectId(region, scope);
    const path = `/v5/${percentEncode(projectId)}/${below}`;
    if (!isAllowed(method, path)) throw new Error(`${method} ${path} is no operation of this program`);
    const pairs = Object.entries({ enterprise_project_id: enterpriseProjectId, ...query })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)] as const);
    return this.api.send(
      operation,
      {
        origin,
        method,
        path,
        query: canonicalQuery(pairs),
        // HSS calls the region header mandatory for some operations; sent everywhere it does no harm.
        headers: { 'content-type': 'application/json', region },
        ...(body !== undefined && { body }),
        ...(file && { file }),
        region,
        projectId,
      },
      scope,
    );
  }
}

type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

type Ids = Readonly<Record<string, string>>;

function hssOperation(name: HssOperationName): OperationInfo & { readonly name: HssOperationName } {
  const { repeatability, mostRows } = HSS_OPERATIONS[name];
  const permission = () => permissionAdvice(name);
  return { service: 'HSS', name, repeatability, codes: HSS_CODES, permission, ...(mostRows && { mostRows }) };
}

/** One id as one segment of a path; what could end up as another path is refused. */
function segment(name: string, id = ''): string {
  if (id === '' || id === '.' || id === '..' || id.includes('/')) {
    // It may come from a row, so it is not repeated among our own words.
    throw badInput(words().requests.no_id(name), words().requests.give_id(name));
  }
  return percentEncode(id);
}

function servedAt(response: HttpResponse): Date {
  const date = Date.parse(response.headers.date ?? '');
  return new Date(Number.isNaN(date) ? Date.now() : date);
}
