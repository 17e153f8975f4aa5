// Against real endpoints on this machine, which is what must not be reached.
import { createServer, type Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { guardedLookup, guardedPost, type Resolve } from "./guarded-post.ts";

let server: Server;
let port: number;
let requests: { method: string; url: string; body: string }[];
let answer: (respond: import("node:http").ServerResponse) => void;

beforeEach(async () => {
  requests = [];
  answer = (response) => response.end("ok");
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push({ method: request.method ?? "", url: request.url ?? "", body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (url: string, allow: readonly string[] = [], resolve?: Resolve) =>
  guardedPost({ url, headers: { "x-test": "1" }, body: "{}", allow }, resolve);
const allowed = () => [`127.0.0.1:${port}`];

test("an endpoint that WEBHOOK_ALLOW names gets the body", async () => {
  expect(await post(`http://127.0.0.1:${port}/hook?x=1`, allowed())).toMatchObject({ status: 200 });
  expect(requests).toEqual([{ method: "POST", url: "/hook?x=1", body: "{}" }]);
});

describe("nothing else on this machine is reached", () => {
  test.each([
    ["loopback", () => `https://127.0.0.1:${port}/`],
    ["loopback over http", () => `http://127.0.0.1:${port}/`],
    ["by name", () => `http://localhost:${port}/`],
    ["in decimal", () => `https://2130706433:${port}/`],
    ["mapped into IPv6", () => `https://[::ffff:127.0.0.1]:${port}/`],
    ["another port than the allowed one", () => `http://127.0.0.1:${port + 1}/`],
    ["metadata", () => "http://169.254.169.254/latest/meta-data/"],
  ])("%s", async (_, url) => {
    const others = [`127.0.0.1:${port + 2}`];
    await expect(post(url(), others)).rejects.toMatchObject({
      message: expect.stringContaining("private address"),
      isFinal: true,
    });
    expect(requests).toEqual([]);
  });
});

describe("a name is refused for each kind of address that it may resolve to", () => {
  test.each([
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "::1",
    "fd00::1",
    "fe80::1%eth0",
    "::ffff:127.0.0.1",
    "0.0.0.0",
  ])("%s", async (address) => {
    const resolve: Resolve = async () => [{ address, family: net.isIP(address) || 6 }];
    await expect(post("https://rebind.example/", [], resolve)).rejects.toMatchObject({
      message: expect.stringContaining("private address"),
      isFinal: true,
    });
  });

  test("also when only one of its addresses is private", async () => {
    const resolve: Resolve = async () => [
      { address: "1.1.1.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    await expect(post("https://rebind.example/", [], resolve)).rejects.toThrow("private address");
  });
});

test("a name that is public when it is checked and private a moment later (DNS rebinding) is not followed", async () => {
  let lookups = 0;
  const rebinding: Resolve = async () => {
    lookups += 1;
    return [{ address: lookups === 1 ? "1.1.1.1" : "127.0.0.1", family: 4 }];
  };
  const connect = () =>
    new Promise((resolve, reject) => {
      guardedLookup(rebinding)("rebind.example", { all: true }, (error, addresses) =>
        error === null ? resolve(addresses) : reject(error),
      );
    });
  // What the connection is made to is what was checked: there is no second look-up between the two.
  expect(await connect()).toEqual([{ address: "1.1.1.1", family: 4 }]);
  expect(lookups).toBe(1);
  await expect(connect()).rejects.toMatchObject({ isFinal: true });

  let connections = 0;
  const trap = net.createServer(() => {
    connections += 1;
  });
  await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
  await expect(post("https://rebind.example/", [], rebinding)).rejects.toMatchObject({
    isFinal: true,
  });
  expect(connections).toBe(0);
  await new Promise((done) => trap.close(done));
});

test("a redirect is a reply like any other, and is not followed", async () => {
  answer = (response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end();
  };
  expect(await post(`http://127.0.0.1:${port}/`, allowed())).toMatchObject({ status: 302 });
  expect(requests).toHaveLength(1);
});

test("a reply without end is cut off", async () => {
  let written = 0;
  answer = (response) => {
    const piece = Buffer.alloc(16 * 1024);
    const write = () => {
      while (!response.destroyed && response.write(piece)) written += piece.length;
    };
    response.on("drain", write);
    write();
  };
  expect(await post(`http://127.0.0.1:${port}/`, allowed())).toMatchObject({ status: 200 });
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

test("an endpoint that never answers is given up after five seconds, and so is a reply that never ends", async () => {
  answer = () => undefined;
  const startedAt = performance.now();
  await expect(post(`http://127.0.0.1:${port}/`, allowed())).rejects.toThrow("in time");
  expect(performance.now() - startedAt).toBeLessThan(7_000);
  answer = (response) => {
    response.writeHead(200);
    response.write("a");
  };
  expect(await post(`http://127.0.0.1:${port}/`, allowed())).toMatchObject({ status: 200 });
  expect(performance.now() - startedAt).toBeLessThan(14_000);
});

test("an endpoint that is not there is told by its code alone", async () => {
  await expect(post("http://127.0.0.1:9/secret-path", ["127.0.0.1:9"])).rejects.toMatchObject({
    message: "the connection was refused",
    isFinal: false,
  });
});
