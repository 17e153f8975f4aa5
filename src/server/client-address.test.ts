import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

test.each([
  {
    name: "no proxy: the header is the client's own words",
    header: "6.6.6.6",
    proxies: 0,
    address: "direct",
  },
  {
    name: "one proxy: the last entry",
    header: "6.6.6.6, 203.0.113.9",
    proxies: 1,
    address: "203.0.113.9",
  },
  {
    name: "two proxies: the last but one",
    header: "6.6.6.6, 203.0.113.9, 10.0.0.1",
    proxies: 2,
    address: "203.0.113.9",
  },
  { name: "no header behind a proxy", header: null, proxies: 1, address: "unknown" },
  {
    name: "IPv6 is its /64",
    header: "2001:db8:1:2:aaaa::1",
    proxies: 1,
    address: "2001:db8:1:2::/64",
  },
  { name: "shortened IPv6", header: "2001:db8::1", proxies: 1, address: "2001:db8:0:0::/64" },
  { name: "IPv4 in IPv6", header: "::ffff:203.0.113.9", proxies: 1, address: "203.0.113.9" },
])("$name", ({ header, proxies, address }) => {
  expect(clientAddress(header, proxies)).toBe(address);
});

test("two addresses of one IPv6 subscriber count as one", () => {
  const one = clientAddress("2001:db8:1:2:aaaa:0:0:1", 1);
  expect(clientAddress("2001:db8:1:2::bbbb", 1)).toBe(one);
});
