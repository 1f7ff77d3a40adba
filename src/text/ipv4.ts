/** Whether an address is one of those that were meant. */
type Holds = (address: string | undefined) => boolean;

const NUMBER = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ADDRESS = new RegExp(`^${NUMBER}(?:\\.${NUMBER}){3}$`);
const CIDR = new RegExp(`^(${NUMBER}(?:\\.${NUMBER}){3})/(3[0-2]|[12]?\\d)$`);
/** The first one to three numbers, with the rest left open as people write it. */
const PREFIX = new RegExp(`^(${NUMBER}(?:\\.${NUMBER}){0,2})\\.(?:[x*](?:\\.[x*]){0,2})?$`, 'i');
const THREE_NUMBERS = new RegExp(`^${NUMBER}(?:\\.${NUMBER}){2}$`);

/** Whether the text is one whole IPv4 address. */
export function isIpv4(text: string): boolean {
  return ADDRESS.test(text);
}

/**
 * The addresses that a text means: one address, a block (`192.168.3.0/24`), or the first numbers (`192.168.3.`,
 * `192.168.3`, `192.168.3.x`). Undefined for anything else.
 */
export function ipv4Block(text: string): Holds | undefined {
  if (ADDRESS.test(text)) return (address) => address === text;
  const [, base, bits] = CIDR.exec(text) ?? [];
  if (base !== undefined) {
    const size = 2 ** (32 - Number(bits));
    const block = Math.floor(numberOf(base) / size);
    return (address) =>
      address !== undefined && ADDRESS.test(address) && Math.floor(numberOf(address) / size) === block;
  }
  const start = PREFIX.exec(text)?.[1] ?? (THREE_NUMBERS.test(text) ? text : undefined);
  return start === undefined ? undefined : (address) => address?.startsWith(`${start}.`) ?? false;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
