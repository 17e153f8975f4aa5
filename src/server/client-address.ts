/**
 * Address of who asks, for rate limits: an IPv4 address, or the /64 network of an IPv6 address, since
 * one subscriber has the whole of it (CVE-2026-45364).
 *
 * A client can write anything into the header, so without a proxy of the operator's nobody's address is
 * known and all share one limit; on this machine, where the server listens by default, that is one
 * person. Behind proxies the last of them appends whom it saw.
 *
 * @param forwardedFor the x-forwarded-for header
 * @param trustedProxies how many proxies in front of the server are the operator's own
 */
export function clientAddress(forwardedFor: string | null, trustedProxies: number): string {
  if (trustedProxies === 0) return "direct";
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  const address = hops.at(-trustedProxies);
  if (address === undefined || address === "") return "unknown";
  return addressNetwork(address);
}

function addressNetwork(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const tailGroups = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Math.max(0, 8 - groups.length - tailGroups.length);
  const all = [...groups, ...Array<string>(zeros).fill("0"), ...tailGroups];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
