import { afterAll, beforeAll, expect, test } from "vitest";
import { accountOfIdentity, createAccount, credentialsOf } from "./accounts.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const identity = (change: { providerAccountId: string; email?: string; mayCreate?: boolean }) => ({
  provider: "google",
  name: "Ada",
  email: null,
  mayCreate: true,
  ...change,
});

test("an address belongs to one account", async () => {
  const account = { name: "Ada", email: "ada@example.org", passwordHash: "hash" };
  const home = await createAccount(subject.database, account);
  await expect(createAccount(subject.database, account)).rejects.toMatchObject({
    code: "conflict",
    field: "email",
  });
  expect(await credentialsOf(subject.database, "ada@example.org")).toEqual({
    ...home,
    passwordHash: "hash",
  });
  expect(await credentialsOf(subject.database, "nobody@example.org")).toBeNull();
});

test("an identity opens the account that it made, also when it signs in twice at once", async () => {
  const known = identity({ providerAccountId: "1", email: "grace@example.org" });
  const homes = await Promise.all([
    accountOfIdentity(subject.database, known),
    accountOfIdentity(subject.database, known),
    accountOfIdentity(subject.database, { ...known, mayCreate: false }),
  ]);
  const made = new Set(homes.flatMap((home) => home?.userId ?? []));
  expect(made.size).toBe(1);
});

test("an identity with the address of an account does not open that account", async () => {
  const account = { name: "Alan", email: "alan@example.org", passwordHash: "hash" };
  const { userId } = await createAccount(subject.database, account);
  const taken = identity({ providerAccountId: "2", email: "alan@example.org" });
  const home = await accountOfIdentity(subject.database, taken);
  expect(home?.userId).not.toBe(userId);
});

test("an unknown identity is refused where nobody may sign up", async () => {
  const unknown = identity({ providerAccountId: "3", mayCreate: false });
  expect(await accountOfIdentity(subject.database, unknown)).toBeNull();
});
