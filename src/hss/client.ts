import type { z } from 'zod';
import { percentEncode } from '../auth/signer.js';
import type { CloudApi } from '../cloud/api.js';
import { requestIdOf } from '../cloud/error-body.js';
import { failureOfContent, type OperationInfo } from '../cloud/failures.js';
import type { Connection } from '../config/config.js';
import { badInput } from '../failure.js';
import type { CallLimits, HttpResponse } from '../http/transport.js';
import { HSS_CODES } from './codes.js';
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
import { hssEndpoint } from './regions.js';

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

/** The operations of HSS that this program uses, named as HSS names them. */
export class HssClient {
  constructor(
    private readonly api: CloudApi,
    private readonly projects: { projectId(region: string, limits: CallLimits): Promise<string> },
    private readonly connection: Connection,
  ) {}

  /** `POST /v5/{project_id}/image/local/batch-scan`: starts scans of local images. 200 means accepted, not finished. */
  async batchScanLocalImage(body: LocalImageBatchScanRequestBody, scope: CallScope): Promise<ScanAcceptance> {
    const operation = hssOperation('BatchScanLocalImage', 'act');
    const response = await this.#send(operation, 'POST', 'image/local/batch-scan', {}, scope, JSON.stringify(body));
    if (response.body.trim() !== '' && parseJson(response.body) === undefined) {
      throw failureOfContent(operation, response, 'the answer is not the empty one that HSS gives');
    }
    const requestId = requestIdOf(response);
    return { ...(requestId && { requestId }), acceptedAt: servedAt(response) };
  }

  /** `GET /v5/{project_id}/image/local-repositories`: the local images and the state of their scans. */
  listImageLocal(query: ListImageLocalQuery, scope: CallScope): Promise<Page<LocalImage>> {
    return this.#list('ListImageLocal', 'image/local-repositories', { ...query }, localImage, scope);
  }

  /** `GET /v5/{project_id}/images/vulnerabilities`: vulnerabilities across local images, one kind a call. */
  listGeneralImageVuls(query: ListGeneralImageVulsQuery, scope: CallScope): Promise<Page<GeneralImageVul>> {
    const path = 'images/vulnerabilities';
    return this.#list('ListGeneralImageVuls', path, { image_type: 'local', ...query }, generalImageVul, scope);
  }

  /** `GET /v5/{project_id}/vulnerability/images`: the local images in which a vulnerability was found. */
  listVulAffectImages(query: ListVulAffectImagesQuery, scope: CallScope): Promise<Page<VulAffectImage>> {
    const path = 'vulnerability/images';
    return this.#list('ListVulAffectImages', path, { image_type: 'local', ...query }, vulAffectImage, scope);
  }

  /** `GET /v5/{project_id}/image/vulnerability/{image_id}/apps`: the packages of an image with a vulnerability. */
  listVulAffectImageApps(
    imageId: string,
    query: { readonly vul_id: string; readonly is_handled: boolean },
    scope: CallScope,
  ): Promise<Page<VulAffectImageApp>> {
    const path = `image/vulnerability/${percentEncode(imageId)}/apps`;
    return this.#list('ListVulAffectImageApps', path, { image_type: 'local', ...query }, vulAffectImageApp, scope);
  }

  /** `GET /v5/{project_id}/image/vulnerability/{vul_id}/cve`: the CVEs behind a vulnerability. */
  listVulnerabilityCve(vulId: string, query: Paging, scope: CallScope) {
    const path = `image/vulnerability/${percentEncode(vulId)}/cve`;
    return this.#list('ListVulnerabilityCve', path, { ...query }, vulnerabilityCve, scope);
  }

  /** `GET /v5/{project_id}/image/local/apps`: the software of a local image. */
  listLocalImageAppInfo(query: Paging & { readonly image_id: string }, scope: CallScope) {
    return this.#list('ListLocalImageAppInfo', 'image/local/apps', { ...query }, localImageApp, scope);
  }

  /** `GET /v5/{project_id}/image/local/hosts`: the hosts that hold a local image. */
  listLocalImageHosts(query: Paging & ImageSelector, scope: CallScope) {
    return this.#list('ListLocalImageHosts', 'image/local/hosts', { ...query }, localImageHost, scope);
  }

  /** `GET /v5/{project_id}/image/local/containers`: the containers that run from a local image. */
  listLocalImageContainers(query: Paging & ImageSelector, scope: CallScope) {
    return this.#list('ListLocalImageContainers', 'image/local/containers', { ...query }, localImageContainer, scope);
  }

  /** `GET /v5/{project_id}/image/baseline/risk-configs`: baseline results of a local image. */
  listImageRiskConfigs(query: Paging & { readonly image_id: string }, scope: CallScope) {
    const path = 'image/baseline/risk-configs';
    return this.#list('ListImageRiskConfigs', path, { image_type: 'local_image', ...query }, imageRiskConfig, scope);
  }

  /** The project that calls in `region` go to. */
  async projectId(region: string, limits: CallLimits): Promise<string> {
    const { connection } = this;
    if (region === connection.region && connection.projectId) return connection.projectId;
    return this.projects.projectId(region, limits);
  }

  async #list<T extends z.ZodType>(
    name: string,
    path: string,
    query: QueryValues,
    row: T,
    scope: CallScope,
  ): Promise<Page<z.output<T>>> {
    const operation = hssOperation(name, 'read');
    const response = await this.#send(operation, 'GET', path, query, scope);
    const parsed = page(row).safeParse(parseJson(response.body));
    if (!parsed.success) throw failureOfContent(operation, response, 'the answer is not a list in JSON');
    return { ...(parsed.data as Omit<Page<z.output<T>>, 'servedAt'>), servedAt: servedAt(response) };
  }

  async #send(
    operation: OperationInfo,
    method: 'GET' | 'POST',
    path: string,
    query: QueryValues,
    scope: CallScope,
    body?: string,
  ): Promise<HttpResponse> {
    const { region, enterpriseProjectId } = scope;
    const origin = this.origin(region);
    const projectId = await this.projectId(region, scope);
    const pairs = Object.entries({ enterprise_project_id: enterpriseProjectId, ...query })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)] as const);
    return this.api.send(
      operation,
      {
        origin,
        method,
        path: `/v5/${percentEncode(projectId)}/${path}`,
        query: pairs,
        // HSS calls the region header mandatory for some operations; sent everywhere it does no harm.
        headers: { 'content-type': 'application/json', region },
        ...(body !== undefined && { body }),
        region,
        projectId,
      },
      scope,
    );
  }

  /**
   * Where calls in `region` go.
   * @throws {Failure} of source `input` for a region that the settings do not reach.
   */
  origin(region: string): string {
    const { connection } = this;
    if (connection.credentials.kind === 'token' && region !== connection.region) {
      throw badInput(
        `region ${region} cannot be reached: the token in HSS_AUTH_TOKEN belongs to ${connection.region}.`,
        'Leave region out, or let the owner of the settings use AK and SK, which are good for every region.',
      );
    }
    const own = connection.regionEndpoints[region];
    if (own) return own;
    if (!connection.hssEndpoint) return hssEndpoint(region);
    if (region === connection.region) return connection.hssEndpoint;
    throw badInput(
      `region ${region} cannot be reached: HSS_ENDPOINT fixes the endpoint of ${connection.region}.`,
      `Leave region out, or let the owner of the settings add HUAWEICLOUD_SDK_REGION_HSS_${region.toUpperCase().replaceAll('-', '_')}.`,
    );
  }
}

type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

function hssOperation(name: string, repeatability: OperationInfo['repeatability']): OperationInfo {
  return { service: 'HSS', name, repeatability, codes: HSS_CODES };
}

function servedAt(response: HttpResponse): Date {
  const date = Date.parse(response.headers.date ?? '');
  return new Date(Number.isNaN(date) ? Date.now() : date);
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
