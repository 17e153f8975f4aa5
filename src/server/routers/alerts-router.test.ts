import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZodError } from "zod";
import type { AlertChannelInput } from "#contracts/alert.ts";
import { AppError } from "#contracts/error-code.ts";
import { createWatchedPair, pairRule } from "#db/alert-world.test-support.ts";
import { openSecret, parseKeyring } from "#db/secret-box.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { ServerEnv } from "../env.ts";
import { createCaller } from "../root.ts";
import { createPerson, signIn, signInGuest, testContext } from "../world.test-support.ts";

const KEYRING = parseKeyring(Buffer.alloc(32, "the key of the tests").toString("base64"));
const WEBHOOK = { kind: "webhook", name: "Hook", url: "https://1.1.1.1/hook" } as const;
const EMAIL = { kind: "email", name: "Mail", address: "ada@example.org" } as const;
const TELEGRAM = {
  kind: "telegram",
  name: "Bot",
  chatId: "-100123",
  botToken: `123456789:${"canary".repeat(6)}`,
} as const;

let context: TestDatabase;
beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());

async function person(env: Partial<ServerEnv> = {}) {
  const owner = await createPerson(context.database);
  const session = await signIn(context.database, owner);
  return { owner, alerts: createCaller(testContext(context.database, { session, env })).alerts };
}

/** Code and field of a refusal. */
async function refusal(
  work: Promise<unknown>,
): Promise<{ code: string; field: string | undefined }> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw new Error("nothing was refused");
  const { code, cause } = error;
  if (cause instanceof AppError) return { code, field: cause.field };
  return { code, field: cause instanceof ZodError ? cause.issues[0]?.path.join(".") : undefined };
}

test("the secret that signs a webhook is shown once, and what is secret never again", async () => {
  const { owner, alerts } = await person();
  const url = "https://1.1.1.1/services/canary-path-1234";
  const { id, signingSecret } = await alerts.createChannel({ ...WEBHOOK, url });
  expect(signingSecret).toMatch(/^whsec_[\w-]{43}$/);
  const bot = await alerts.createChannel(TELEGRAM);
  expect(bot.signingSecret).toBeNull();
  const channels = await alerts.channels();
  expect(channels).toMatchObject([
    { id, kind: "webhook", target: "https://1.1.1.1/…1234", test: null },
    { id: bot.id, kind: "telegram", target: "-100123" },
  ]);
  expect(JSON.stringify(channels)).not.toMatch(/whsec_|canary/);
  const { rows } = await context.database.pool.query(
    "select secret, config from alert_channel where workspace_id = $1 order by created_at",
    [owner.workspaceId],
  );
  expect(JSON.stringify(rows)).not.toMatch(/whsec_|canary/);
  const box = { workspaceId: owner.workspaceId, recordId: id };
  expect(JSON.parse(openSecret(KEYRING, box, rows[0].secret))).toEqual({
    kind: "webhook",
    url,
    signingSecret,
  });
});

describe("a webhook that leads inside is refused as soon as it is typed", () => {
  test.each([
    "https://127.0.0.1/",
    "https://localhost/",
    "https://2130706433/",
    "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest/",
    "http://1.1.1.1/",
    "https://1.1.1.1:8443/",
    "https://user:password@1.1.1.1/",
    "not an address",
  ])("%s", async (url) => {
    const { alerts } = await person();
    expect(await refusal(alerts.createChannel({ ...WEBHOOK, url }))).toEqual({
      code: "BAD_REQUEST",
      field: "url",
    });
    expect(await alerts.channels()).toEqual([]);
  });
});

test("an endpoint of this machine is taken when the installation allows exactly it", async () => {
  const { alerts } = await person({ WEBHOOK_ALLOW: ["127.0.0.1:8080"] });
  await alerts.createChannel({ ...WEBHOOK, url: "http://127.0.0.1:8080/hook" });
  const other = alerts.createChannel({ ...WEBHOOK, url: "http://127.0.0.1:8081/hook" });
  expect(await refusal(other)).toMatchObject({ field: "url" });
});

test("e-mail needs a mail server, and somebody who is no guest", async () => {
  const { alerts } = await person();
  expect(await refusal(alerts.createChannel(EMAIL))).toEqual({
    code: "BAD_REQUEST",
    field: "kind",
  });
  expect(await alerts.options()).toEqual({ email: false });
  const env = { SMTP_URL: "smtp://127.0.0.1" };
  const { alerts: equipped } = await person(env);
  await equipped.createChannel(EMAIL);
  expect(await equipped.options()).toEqual({ email: true });
  const session = await signInGuest(context.database);
  const guest = createCaller(testContext(context.database, { session, env })).alerts;
  expect(await refusal(guest.createChannel(EMAIL))).toMatchObject({ code: "FORBIDDEN" });
});

test("without a key there is no place for secrets", async () => {
  const { alerts } = await person({ SECRETS_KEY: null });
  for (const input of [WEBHOOK, TELEGRAM] satisfies AlertChannelInput[]) {
    expect(await refusal(alerts.createChannel(input))).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
  }
});

test("a threshold that is no number, an unknown pair and an unknown field are refused by name", async () => {
  const { owner, alerts } = await person();
  const { watchedPairId } = await createWatchedPair(context.database, owner.workspaceId);
  const rule = pairRule(watchedPairId);
  const field = async (input: object) =>
    (await refusal(alerts.createRule(Object.assign({}, rule, input)))).field;
  expect(await field({ threshold: Number.NaN })).toBe("threshold");
  expect(await field({ threshold: "2" })).toBe("threshold");
  expect(await field({ subject: { ...rule.subject, watchedPairId: randomUUID() } })).toBe(
    "subject.watchedPairId",
  );
  expect(await field({ channelIds: [randomUUID()] })).toBe("channelIds");
  expect(await field({ crossing: 7 })).toBe("");
  expect(await alerts.rules()).toEqual([]);
  const { id } = await alerts.createRule(rule);
  await alerts.updateRule({ id, rule: { ...rule, threshold: 3 } });
  await alerts.enable({ id, isEnabled: false });
  expect(await alerts.rules()).toMatchObject([{ id, threshold: 3, isEnabled: false }]);
  await alerts.deleteRule({ id });
  expect(await alerts.rules()).toEqual([]);
  await alerts.restoreRule({ id });
  expect(await alerts.rules()).toHaveLength(1);
});

test("test messages are limited for a workspace", async () => {
  const { alerts } = await person({ RATE_LIMIT_FACTOR: 0.1 });
  const { id } = await alerts.createChannel(WEBHOOK);
  await alerts.testChannel({ id });
  await alerts.testChannel({ id });
  expect((await alerts.channels())[0]?.test).toMatchObject({ state: "pending" });
  expect(await refusal(alerts.testChannel({ id }))).toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("a workspace has twenty channels at most, and room again when one is deleted", async () => {
  const { alerts } = await person();
  for (let i = 0; i < 20; i++) await alerts.createChannel(WEBHOOK);
  expect(await refusal(alerts.createChannel(WEBHOOK))).toMatchObject({ code: "CONFLICT" });
  const [first] = await alerts.channels();
  await alerts.deleteChannel({ id: first?.id ?? "" });
  await alerts.createChannel(WEBHOOK);
  expect(await alerts.channels()).toHaveLength(20);
});
