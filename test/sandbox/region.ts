import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { HOME_IMAGES, type SeedImage } from '../../src/sandbox/seed/images.js';
import { type Answer, type Call, Clock, type Query, type Row, rowsOf, send, signed, unsigned } from './call.js';

/** The home region. */
export const REGION = 'cn-north-4';

/** The image of the home region whose name ends in `name`. */
export function seed(name: string): SeedImage {
  const image = HOME_IMAGES.find(({ image_name }) => image_name.endsWith(name));
  if (!image) throw new RangeError(`no image ${name}`);
  return image;
}

/** Signed calls to HSS in the home region of a sandbox with a standing clock. Paths are those behind the project id. */
export class Region {
  private constructor(
    readonly sandbox: Sandbox,
    readonly clock: Clock,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<Region> {
    const clock = new Clock();
    return new Region(await Sandbox.start({ now: clock.now, ...options }), clock);
  }

  get origin(): string {
    return this.sandbox.hssEndpoint(REGION);
  }

  path(path: string): string {
    return `/v5/${this.sandbox.projectId(REGION)}/${path}`;
  }

  call({ path, headers = { region: REGION }, ...rest }: Call): Promise<Answer> {
    const call = { path: this.path(path), headers, ...rest };
    if (path === encodeURI(path)) return send(signed(this.origin, call, { clock: this.clock }));
    // The official signer encodes such a path twice, so a ready token takes its place.
    const withToken = { ...headers, 'X-Auth-Token': this.sandbox.credentials.authToken };
    return send(unsigned(this.origin, { ...call, path: encodeURI(call.path), headers: withToken }));
  }

  get(path: string, query: Query = {}): Promise<Answer> {
    return this.call({ path, query });
  }

  scan(data: unknown, query: Query = {}): Promise<Answer> {
    return this.call({ method: 'POST', path: 'image/local/batch-scan', data, query });
  }

  /** Every row of a list over all enterprise projects, page by page. */
  async all(path: string, query: Query = {}): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const page = rowsOf(
        await this.get(path, { enterprise_project_id: 'all_granted_eps', ...query, offset: rows.length }),
      );
      if (page.length === 0) return rows;
      rows.push(...page);
    }
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
