/** A block of addresses: the first of it, and how many leading bits are common to all. */
type Block = readonly [first: string, bits: number];

/**
 * IPv4 addresses that no server of the public internet has: IANA's special-purpose registry (RFC 6890 and
 * its successors), and the one public address at which a cloud (Azure) answers with its insides.
 */
const CLOSED_V4: readonly Block[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT; Alibaba's metadata
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // Azure's metadata
  ["169.254.0.0", 16], // link-local; metadata of most clouds
  ["172.16.0.0", 12],
  ["192.0.0.0", 24], // Oracle's metadata
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3], // multicast, reserved, broadcast
];

/** All of IPv6 that is in public use; everything else is loopback, local, mapped IPv4, translation or unused. */
const OPEN_V6: readonly Block[] = [["2000::", 3]];

/** Parts of it that are not: protocols with an IPv4 address inside, documentation. */
const CLOSED_V6: readonly Block[] = [
  ["2001::", 23], // Teredo, ORCHID, benchmarks
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4
  ["3fff::", 20],
];

/**
 * Public address: whether a numeric address is one that anybody on the internet may be reached at.
 *
 * Loopback, private, link-local, shared (carrier-grade NAT), unique local, IPv4 inside IPv6, multicast,
 * documentation and the metadata services of clouds are not. What cannot be read is not either.
 *
 * @param text IPv4 with dots, or IPv6 without brackets and zone
 */
export function isPublicAddress(text: string): boolean {
  const v4 = numberOfV4(text);
  if (v4 !== null) return !CLOSED_V4.some((block) => isIn(v4, numberOfV4, 32, block));
  const v6 = numberOfV6(text);
  if (v6 === null) return false;
  const isWithin = (block: Block) => isIn(v6, numberOfV6, 128, block);
  return OPEN_V6.some(isWithin) && !CLOSED_V6.some(isWithin);
}

function isIn(
  address: bigint,
  numberOf: (text: string) => bigint | null,
  width: number,
  [first, bits]: Block,
): boolean {
  const shift = BigInt(width - bits);
  return address >> shift === (numberOf(first) ?? 0n) >> shift;
}

function numberOfV4(text: string): bigint | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split(".").map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function numberOfV6(text: string): bigint | null {
  // The URL parser reads every spelling (RFC 4291 2.2, IPv4 at the end included) and writes one.
  if (!/^[0-9a-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return null;
  const [head = "", tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const front = groups(head);
  const back = groups(tail ?? "");
  const zeros = new Array<string>(8 - front.length - back.length).fill("0");
  const all = [...front, ...zeros, ...back];
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
