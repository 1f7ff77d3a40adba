import type { Choice } from './choice.js';
import type { Fields } from './fields.js';
import type { ImageInfo } from './image.js';
import type { Reader } from './reader.js';

/** What the parts of the board share. */
export interface Board {
  readonly reader: Reader;
  readonly choice: Choice;
  /** Whether the server offers scans at all. */
  readonly canScan: boolean;
  /** Calls a tool where the call that opened the board has looked. @throws {Error} with the words of the server. */
  call(tool: string, given: Fields): Promise<Fields>;
  /** Has a screen reader say it, when it has time. */
  announce(text: string): void;
  openImage(image: ImageInfo): void;
  openVulnerability(vulnerability: VulnerabilityRef): void;
}

export interface VulnerabilityRef {
  readonly vul_id: string;
  readonly type: string;
}
