import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { passwordHashOf, storePasswordHash } from "#db/accounts.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createPerson, PASSWORD, TEST_ENV } from "../world.test-support.ts";
import { passwordSignIn } from "./password-sign-in.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());
// The limit of all attempts together is one for the whole file.
beforeEach(() => subject.database.pool.query("delete from rate_limit"));

const attempt = (
  email: string,
  password: string,
  { address = "203.0.113.9", factor = 1_000 }: { address?: string; factor?: number } = {},
) =>
  passwordSignIn(
    subject.database,
    { ...TEST_ENV, RATE_LIMIT_FACTOR: factor },
    { credentials: { email, password }, address },
  );

test("the right password opens the account, whatever case the address is in", async () => {
  const { userId, workspaceId, email } = await createPerson(subject.database);
  expect(await attempt(email.toUpperCase(), PASSWORD)).toEqual({ userId, workspaceId });
});

test.each([
  { name: "a wrong password", email: null, password: "wrong" },
  { name: "an unknown address", email: "nobody@example.org", password: PASSWORD },
  { name: "a look-alike address", email: "аda@example.org", password: PASSWORD },
  { name: "no password", email: null, password: "" },
])("$name opens nothing", async ({ email, password }) => {
  const person = await createPerson(subject.database);
  expect(await attempt(email ?? person.email, password)).toBeNull();
});

test("credentials that are no text open nothing", async () => {
  const { email } = await createPerson(subject.database);
  for (const credentials of [null, {}, { email, password: { not: "" } }, { email: [email] }]) {
    const context = { credentials, address: "203.0.113.9" };
    expect(await passwordSignIn(subject.database, TEST_ENV, context)).toBeNull();
  }
});

test("an account without a password is not opened by any", async () => {
  const { userId, email } = await createPerson(subject.database);
  await subject.database.pool.query("update user_account set password_hash = null where id = $1", [
    userId,
  ]);
  expect(await attempt(email, PASSWORD)).toBeNull();
});

test("a hash with old costs is replaced at sign-in", async () => {
  const { userId, email } = await createPerson(subject.database);
  const weak = await hash(PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
  await storePasswordHash(subject.database, userId, weak);
  await attempt(email, PASSWORD);
  expect(await passwordHashOf(subject.database, userId)).toMatch(/m=19456,t=2,p=1/);
});

test("after ten attempts even the right password is refused, from that address alone", async () => {
  const { email } = await createPerson(subject.database);
  const here = { address: "198.51.100.1", factor: 1 };
  for (let i = 0; i < 10; i++) await attempt(email, "wrong", here);
  await expect(attempt(email, PASSWORD, here)).rejects.toMatchObject({ code: "rate-limited" });
  const elsewhere = { address: "198.51.100.2", factor: 1 };
  expect(await attempt(email, PASSWORD, elsewhere)).not.toBeNull();
});

test("many addresses cannot try one account", async () => {
  const { email } = await createPerson(subject.database);
  const from = (i: number) =>
    attempt(email, "wrong", { address: `192.0.2.${i}`, factor: 0.05 }).catch(({ code }) => code);
  const outcomes = [];
  for (let i = 0; i < 6; i++) outcomes.push(await from(i));
  expect(outcomes).toEqual([null, null, null, null, null, "rate-limited"]);
});

test("one address cannot try many accounts", async () => {
  const here = { address: "198.51.100.3", factor: 0.05 };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, i) => attempt(`person${i}@example.org`, "wrong", here)),
  );
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(3);
});
