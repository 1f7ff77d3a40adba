import type { ContainerNode } from '../hss/further-models.js';
import { Pages } from './pages.js';

/** What was read of hosts: the nodes, and which images each holds. Read only where somebody asks for hosts. */
export class HostTable {
  readonly nodePages = new Pages();
  readonly #nodes = new Map<string, ContainerNode>();
  readonly #pages = new Map<string, Pages>();
  /** Images whose hosts were asked for one by one. */
  readonly #askedImages = new Set<number>();

  get nodes(): readonly ContainerNode[] {
    return [...this.#nodes.values()];
  }

  node(hostId: string): ContainerNode | undefined {
    return this.#nodes.get(hostId);
  }

  addNode(node: ContainerNode): void {
    if (node.host_id) this.#nodes.set(node.host_id, node);
  }

  /** Pages of ListImageLocal for one host. */
  pagesOf(hostId: string): Pages {
    const known = this.#pages.get(hostId);
    if (known) return known;
    const pages = new Pages();
    this.#pages.set(hostId, pages);
    return pages;
  }

  /** Whether the images of this host were read. */
  joined(hostId: string): boolean {
    return this.#pages.get(hostId)?.complete ?? false;
  }

  /** Whether the images of every node were read. */
  get complete(): boolean {
    return this.nodePages.complete && this.nodes.every(({ host_id = '' }) => this.joined(host_id));
  }

  imageAsked(image: number): void {
    this.#askedImages.add(image);
  }

  wasImageAsked(image: number): boolean {
    return this.#askedImages.has(image);
  }
}
