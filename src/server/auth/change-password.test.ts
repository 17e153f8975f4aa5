import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createCaller } from "../root.ts";
import { createPerson, PASSWORD, signIn, TEST_ENV, testContext } from "../world.test-support.ts";
import { passwordSignIn } from "./password-sign-in.ts";
import { requestSession } from "./request-session.ts";

const NEXT = "another horse battery staple";
let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("a new password ends every session and gives this browser a new one", async () => {
  const { database } = subject;
  const person = await createPerson(database);
  const session = await signIn(database, person);
  await signIn(database, person);
  const cookies: string[] = [];
  const context = {
    ...testContext(database, { session }),
    setCookie: (cookie: string) => cookies.push(cookie),
  };
  await createCaller(context).account.changePassword({ current: PASSWORD, next: NEXT });

  const [cookie = ""] = cookies;
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
  const headers = new Headers({ cookie: cookie.split(";")[0] ?? "" });
  const renewed = await requestSession(database, TEST_ENV, headers);
  expect(renewed?.viewer.userId).toBe(person.userId);
  expect(renewed?.sessionId).not.toBe(session.sessionId);
  const { rows } = await database.pool.query<{ id: string }>(
    "select id from session where user_id = $1",
    [person.userId],
  );
  expect(rows).toEqual([{ id: renewed?.sessionId }]);

  const attempt = { credentials: { email: person.email, password: NEXT }, address: "a" };
  expect(await passwordSignIn(database, TEST_ENV, attempt)).not.toBeNull();
});

test.each([
  { name: "a wrong current one", input: { current: "wrong", next: NEXT }, field: "current" },
  { name: "an obvious new one", input: { current: PASSWORD, next: "password1" }, field: "next" },
])("$name changes nothing", async ({ input, field }) => {
  const session = await signIn(subject.database, await createPerson(subject.database));
  const caller = createCaller(testContext(subject.database, { session }));
  await expect(caller.account.changePassword(input)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { field },
  });
  expect(await caller.account.sessions()).toHaveLength(1);
});
