// A real mail server, real endpoints and a real database; nothing of the delivery is replaced.
import { createHmac, timingSafeEqual } from "node:crypto";
import { PassThrough } from "node:stream";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alertChannelsOf, requestChannelTest } from "#db/alert-channels.ts";
import { retryAlertDelivery } from "#db/alert-deliveries.ts";
import { alertsAfter } from "#db/alerts.ts";
import { rotateChannelSecrets } from "#db/rotate-channel-secrets.ts";
import { openSecret, parseKeyring } from "#db/secret-box.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson } from "#server/world.test-support.ts";
import { createLog } from "../log.ts";
import type { AlertEnv } from "./alert-env.ts";
import { createCourier } from "./deliver.ts";
import { type DeliveryTimes, retryDelayMs, startDelivery } from "./delivery-loop.ts";
import {
  createChannel,
  createWebhook,
  ENV,
  KEYRING,
  type Received,
  raiseAlert,
  startEndpoint,
  startMailServer,
} from "./delivery-world.test-support.ts";

const QUICK: Partial<DeliveryTimes> = { waitMs: 5, waitMsMax: 50, attemptsMax: 4, pollMs: 20 };

/** Much longer than it takes, on a machine that is busy too. */
const SOON = { timeout: 20_000 };

let context: TestDatabase;
let owner: { workspaceId: string; userId: string };

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
beforeEach(async () => {
  owner = await createPerson(context.database);
});

function deliver(
  env: Partial<AlertEnv>,
  times: Partial<DeliveryTimes> = QUICK,
  log: pino.Logger = pino({ level: "silent" }),
) {
  const all = { ...ENV, ...env };
  const delivery = startDelivery(
    {
      database: context.database,
      connectionString: context.connectionString,
      log,
      courier: createCourier(all),
      baseUrl: all.NEXTAUTH_URL,
    },
    times,
  );
  stops.push(delivery.stop);
  return delivery;
}

async function endpointOf(answer: Parameters<typeof startEndpoint>[0]) {
  const endpoint = await startEndpoint(answer);
  stops.push(endpoint.close);
  return endpoint;
}

async function deliveryOf(alertId: string) {
  const alerts = await alertsAfter(context.database, owner.workspaceId, 0);
  return alerts.find(({ id }) => id === alertId)?.deliveries[0];
}
const stateOf = async (alertId: string) => (await deliveryOf(alertId))?.state;

/** A receiver's check, written from the documentation. */
function isSigned({ headers, body }: Received, secret: string, nowMs: number): boolean {
  const [, seconds, mac = ""] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers["pairdesk-signature"] ?? "") ?? [];
  if (Math.abs(nowMs / 1_000 - Number(seconds)) > 300) return false;
  const expected = createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(Buffer.from(mac, "hex"), expected);
}

test("a webhook gets the alert, signed, under an id that says what a repeat is", async () => {
  const endpoint = await endpointOf((_, response) => response.end("thanks"));
  const url = `http://${endpoint.host}/hook`;
  const channel = await createWebhook(context.database, owner.workspaceId, url);
  deliver({ WEBHOOK_ALLOW: [endpoint.host] });
  const id = await raiseAlert(context.database, owner, [channel]);
  await expect.poll(() => stateOf(id), SOON).toBe("sent");
  const [request] = endpoint.received;
  if (request === undefined) throw new Error("nothing arrived");
  expect(endpoint.received).toHaveLength(1);
  expect(request.headers).toMatchObject({
    "content-type": "application/json",
    "idempotency-key": id,
    "pairdesk-alert-id": id,
  });
  expect(JSON.parse(request.body)).toMatchObject({
    id,
    kind: "alert",
    severity: "warning",
    value: 2.5,
    threshold: 2,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/live\//),
  });
  const nowMs = Date.now();
  expect(isSigned(request, "whsec_test", nowMs)).toBe(true);
  expect(isSigned(request, "another", nowMs)).toBe(false);
  expect(isSigned({ ...request, body: `${request.body} ` }, "whsec_test", nowMs)).toBe(false);
  // Recorded, and sent again ten minutes later by somebody else.
  expect(isSigned(request, "whsec_test", nowMs + 600_000)).toBe(false);
  expect((await deliveryOf(id))?.attempts).toBe(1);
});

test("an endpoint that fails is tried again until it does not, each time under the same id", async () => {
  let answers = 0;
  const endpoint = await endpointOf((_, response) => {
    answers += 1;
    response.writeHead(answers < 3 ? 500 : 204).end();
  });
  const url = `http://${endpoint.host}/hook`;
  const channel = await createWebhook(context.database, owner.workspaceId, url);
  deliver({ WEBHOOK_ALLOW: [endpoint.host] });
  const id = await raiseAlert(context.database, owner, [channel]);
  await expect.poll(() => stateOf(id), SOON).toBe("sent");
  expect(endpoint.received.map(({ headers }) => headers["idempotency-key"])).toEqual([id, id, id]);
  expect(await deliveryOf(id)).toMatchObject({ attempts: 3, lastError: null });
});

test("what cannot be delivered is given up, shown, and sent when somebody asks again", async () => {
  let isBroken = true;
  const endpoint = await endpointOf((_, response) => {
    response.writeHead(isBroken ? 503 : 200).end("a body that nobody sees");
  });
  const url = `http://${endpoint.host}/hook`;
  const channel = await createWebhook(context.database, owner.workspaceId, url);
  deliver({ WEBHOOK_ALLOW: [endpoint.host] });
  const id = await raiseAlert(context.database, owner, [channel]);
  await expect.poll(() => stateOf(id), SOON).toBe("dead");
  expect(await deliveryOf(id)).toMatchObject({ attempts: 4, lastError: "it answered 503" });
  expect(await alertChannelsOf(context.database, owner.workspaceId)).toMatchObject([
    { deadCount: 1, pendingCount: 0, lastError: "it answered 503" },
  ]);
  const retry = () =>
    retryAlertDelivery(context.database, owner.workspaceId, { alertId: id, channelId: channel });
  isBroken = false;
  await retry();
  await expect.poll(() => stateOf(id), SOON).toBe("sent");
  await expect(retry()).rejects.toMatchObject({ code: "conflict" });
});

test("a webhook whose address is private is given up at once, and nothing is connected to", async () => {
  const endpoint = await endpointOf((_, response) => response.end());
  const url = `https://${endpoint.host}/`;
  const channel = await createWebhook(context.database, owner.workspaceId, url);
  deliver({});
  const id = await raiseAlert(context.database, owner, [channel]);
  await expect.poll(() => stateOf(id), SOON).toBe("dead");
  expect(await deliveryOf(id)).toMatchObject({
    attempts: 1,
    lastError: expect.stringContaining("private address"),
  });
  expect(endpoint.received).toEqual([]);
});

test("a slow channel holds up no other", async () => {
  const slow = await endpointOf(() => undefined);
  const quick = await endpointOf((_, response) => response.end());
  const { database } = context;
  const slowChannel = await createWebhook(database, owner.workspaceId, `http://${slow.host}/`);
  const quickChannel = await createWebhook(database, owner.workspaceId, `http://${quick.host}/`);
  for (let i = 0; i < 30; i++) await raiseAlert(database, owner, [slowChannel]);
  const id = await raiseAlert(database, owner, [quickChannel]);
  deliver({ WEBHOOK_ALLOW: [slow.host, quick.host] });
  await expect.poll(() => stateOf(id), { timeout: 3_000 }).toBe("sent");
  expect(slow.received.length).toBeLessThanOrEqual(2);
});

test("workers share what is due: each alert arrives, and once while none of them dies", async () => {
  const endpoint = await endpointOf((_, response) => response.end());
  const { database } = context;
  const channels: string[] = [];
  for (let i = 0; i < 4; i++) {
    channels.push(await createWebhook(database, owner.workspaceId, `http://${endpoint.host}/${i}`));
  }
  const ids: string[] = [];
  for (let i = 0; i < 25; i++) ids.push(await raiseAlert(database, owner, channels));
  const workers = [1, 2, 3].map(() => deliver({ WEBHOOK_ALLOW: [endpoint.host] }));
  await expect.poll(() => endpoint.received.length, SOON).toBe(100);
  await Promise.all(workers.map((worker) => worker.stop()));
  const keys = endpoint.received.map(
    ({ path, headers }) => `${path} ${headers["idempotency-key"]}`,
  );
  expect(new Set(keys).size).toBe(100);
  expect(endpoint.received).toHaveLength(100);
});

test("what a dead worker had in hand is sent by the next one when its lease is over", async () => {
  let isSilent = true;
  const endpoint = await endpointOf((_, response) => {
    if (!isSilent) response.end();
  });
  const { database } = context;
  const channel = await createWebhook(database, owner.workspaceId, `http://${endpoint.host}/`);
  const id = await raiseAlert(database, owner, [channel]);
  const options = { WEBHOOK_ALLOW: [endpoint.host] };
  const dying = deliver(options, { ...QUICK, leaseMs: 500 });
  await expect.poll(() => endpoint.received.length, SOON).toBe(1);
  // Its request hangs; whatever it learns later is not noted, because the delivery is another's by then.
  const stopped = dying.stop();
  isSilent = false;
  deliver(options, { ...QUICK, leaseMs: 500 });
  await expect.poll(() => stateOf(id), SOON).toBe("sent");
  expect((await deliveryOf(id))?.attempts).toBe(2);
  expect(endpoint.received.map(({ headers }) => headers["idempotency-key"])).toEqual([id, id]);
  await stopped;
});

test("an e-mail arrives with the alert's id, and one to nobody is given up at once", async () => {
  const mail = await startMailServer((address) =>
    address.startsWith("nobody") ? { responseCode: 550 } : null,
  );
  stops.push(mail.close);
  const { database } = context;
  const somebody = await createChannel(database, owner.workspaceId, "email", "ada@mail.example");
  const nobody = await createChannel(database, owner.workspaceId, "email", "nobody@mail.example");
  deliver({ SMTP_URL: mail.url, SMTP_FROM: "Pairdesk <pairdesk@from.example>" });
  const sent = await raiseAlert(database, owner, [somebody]);
  const refused = await raiseAlert(database, owner, [nobody]);
  await expect.poll(() => stateOf(sent), SOON).toBe("sent");
  await expect.poll(() => stateOf(refused), SOON).toBe("dead");
  expect(await deliveryOf(refused)).toMatchObject({
    attempts: 1,
    lastError: "the mail server refused the message (550)",
  });
  expect(mail.messages).toHaveLength(1);
  const [message = ""] = mail.messages;
  expect(message).toContain(`Message-ID: <${sent}@from.example>`);
  expect(message).toContain(`X-Pairdesk-Alert-ID: ${sent}`);
  expect(message).toContain("Subject: Warning: z-score 2.5 is above 2");
  expect(message).toContain("To: ada@mail.example");
});

test("a bot writes to its chat, waits as long as it is told to, and gives up an unknown token", async () => {
  let calls = 0;
  const api = await endpointOf(({ path }, response) => {
    calls += 1;
    const reply = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (path.includes("unknown")) reply(401, { ok: false, description: "Unauthorized" });
    else if (calls === 1) reply(429, { ok: false, parameters: { retry_after: 1 } });
    else reply(200, { ok: true, result: {} });
  });
  const { database } = context;
  const bot = (botToken: string) =>
    createChannel(database, owner.workspaceId, "telegram", "-100", { kind: "telegram", botToken });
  deliver({ TELEGRAM_API_URL: `http://${api.host}` }, { ...QUICK, waitMsMax: 5_000 });
  const id = await raiseAlert(database, owner, [await bot("12345:known")]);
  await expect.poll(() => stateOf(id), SOON).toBe("sent");
  const [first, second] = api.received;
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990);
  expect(second?.path).toBe("/bot12345:known/sendMessage");
  expect(JSON.parse(second?.body ?? "")).toMatchObject({
    chat_id: "-100",
    text: expect.stringContaining(id),
  });
  const lost = await raiseAlert(database, owner, [await bot("12345:unknown")]);
  await expect.poll(() => stateOf(lost), SOON).toBe("dead");
  expect((await deliveryOf(lost))?.lastError).toBe("Telegram does not know the bot's token");
});

test("a test message is sent once and tells how it went", async () => {
  const endpoint = await endpointOf((_, response) => response.end());
  const { database } = context;
  const { workspaceId } = owner;
  const good = await createWebhook(database, workspaceId, `http://${endpoint.host}/`);
  const bad = await createWebhook(database, workspaceId, "https://10.0.0.1/");
  await requestChannelTest(database, workspaceId, good);
  await requestChannelTest(database, workspaceId, bad);
  const tests = async () => (await alertChannelsOf(database, workspaceId)).map(({ test }) => test);
  expect(await tests()).toMatchObject([{ state: "pending" }, { state: "pending" }]);
  deliver({ WEBHOOK_ALLOW: [endpoint.host] });
  await expect.poll(tests, SOON).toMatchObject([
    { state: "sent", error: null },
    { state: "failed", error: expect.stringContaining("private address") },
  ]);
  expect(endpoint.received.map(({ body }) => JSON.parse(body).kind)).toEqual(["test"]);
});

test("no token, secret or address with one reaches the log or what is shown, whatever fails", async () => {
  const stream = new PassThrough();
  const log = createLog("trace", stream);
  const { database } = context;
  const { workspaceId } = owner;
  const endpoint = await endpointOf((request, response) => {
    // A friendly other side that repeats everything.
    response.writeHead(400).end(JSON.stringify({ ok: false, description: request.path }));
  });
  const webhook = { kind: "webhook", signingSecret: "canary-secret" } as const;
  const telegram = { kind: "telegram", botToken: "12345:canary-token" } as const;
  const url = (text: string) => ({ ...webhook, url: text });
  const channels = [
    await createChannel(
      database,
      workspaceId,
      "webhook",
      "shown",
      url(`http://${endpoint.host}/canary-path`),
    ),
    await createChannel(database, workspaceId, "webhook", "shown", url("https://10.0.0.1/canary")),
    await createChannel(
      database,
      workspaceId,
      "webhook",
      "shown",
      url("http://127.0.0.1:9/canary"),
    ),
    await createChannel(database, workspaceId, "telegram", "-1", telegram),
    await createChannel(database, workspaceId, "email", "a@mail.example"),
  ];
  const id = await raiseAlert(database, owner, channels);
  const env = {
    WEBHOOK_ALLOW: [endpoint.host, "127.0.0.1:9"],
    SMTP_URL: "smtp://canary-user:canary-password@127.0.0.1:9",
    SMTP_FROM: "a@from.example",
  };
  for (const TELEGRAM_API_URL of [`http://${endpoint.host}`, "http://127.0.0.1:9"]) {
    const delivery = deliver({ ...env, TELEGRAM_API_URL }, QUICK, log);
    for (const channelId of channels) {
      const target = { alertId: id, channelId };
      await retryAlertDelivery(database, workspaceId, target).catch(() => undefined);
    }
    const states = async () =>
      (await alertsAfter(database, workspaceId, 0))[0]?.deliveries.map(({ state }) => state);
    await expect.poll(states, SOON).toEqual(channels.map(() => "dead"));
    await delivery.stop();
  }
  log.error({
    channel: { secret: "canary-1", config: { botToken: "canary-2" } },
    SMTP_URL: "canary-3",
  });
  const logged = String(stream.read());
  expect(logged).toContain("alert not delivered");
  expect(logged).not.toContain("canary");
  const shown = [
    await alertsAfter(database, workspaceId, 0),
    await alertChannelsOf(database, workspaceId),
  ];
  expect(JSON.stringify(shown)).not.toContain("canary");
});

test("secrets are sealed with a new key while the old one is still there", async () => {
  const { database } = context;
  const id = await createWebhook(database, owner.workspaceId, "https://example.org/");
  const older = Buffer.alloc(32, "the key of the tests").toString("base64");
  const newer = Buffer.alloc(32, 7).toString("base64");
  const failed: string[] = [];
  const both = parseKeyring(`2:${newer},1:${older}`);
  const rotate = () => rotateChannelSecrets(database, both, (channelId) => failed.push(channelId));
  expect(await rotate()).toBeGreaterThan(0);
  expect(await rotate()).toBe(0);
  expect(failed).toEqual([]);
  const { rows } = await database.pool.query("select secret from alert_channel where id = $1", [
    id,
  ]);
  const box = { workspaceId: owner.workspaceId, recordId: id };
  expect(openSecret(parseKeyring(`2:${newer}`), box, rows[0].secret)).toContain("example.org");
  expect(() => openSecret(KEYRING, box, rows[0].secret)).toThrow();
});

describe("waits between attempts", () => {
  test("grow threefold up to an hour, and each is shortened by chance to not less than half", () => {
    const times = { waitMs: 2_000, waitMsMax: 3_600_000 };
    const longest = [1, 2, 3, 9].map((attempt) => retryDelayMs(attempt, times, () => 1));
    expect(longest).toEqual([2_000, 6_000, 18_000, 3_600_000]);
    expect(retryDelayMs(1, times, () => 0)).toBe(1_000);
  });
});
