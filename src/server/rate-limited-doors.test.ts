import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createBrowser } from "./auth/browser.test-support.ts";
import type { Context } from "./context.ts";
import { shareModel } from "./model-world.test-support.ts";
import { exportModel, exportPairs, exportTrades } from "./rest/export-endpoints.ts";
import { acceptUpload } from "./rest/upload-endpoint.ts";
import { createCaller } from "./root.ts";
import {
  createPerson,
  createWorld,
  PASSWORD,
  SCAN_OPTIONS,
  signIn,
  TEST_ENV,
  testContext,
  type World,
} from "./world.test-support.ts";

/** So small that every limit is one. */
const ENV = { RATE_LIMIT_FACTOR: 1e-9 };

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

type Door = (context: Context, world: World) => Promise<unknown>;

const newLink: Door = (context, { backtestId }) =>
  createCaller(context).shares.create({ backtestId, label: "", lifetimeDays: 1 });
const upload: Door = (context) =>
  acceptUpload(
    new Request("http://127.0.0.1:3000/api/uploads?name=A.csv", { method: "POST", body: "a,b" }),
    context,
  );
const signUp: Door = (context) =>
  createCaller(context).account.signUp({
    name: "New",
    email: `${randomUUID()}@example.org`,
    password: PASSWORD,
  });
const demo: Door = async (context) => {
  const browser = createBrowser(context.database, context.env, pino({ level: "silent" }));
  const error = await browser.signIn("demo", {});
  // There is no demo in this database; what matters is that the second attempt is not that far.
  if (error !== null && error !== "unavailable") throw Object.assign(new Error(), { code: error });
};

test.each<{ name: string; door: Door }>([
  { name: "uploads", door: upload },
  {
    name: "scans",
    door: (context, { universeId }) =>
      createCaller(context).scans.start({ universeId, ...SCAN_OPTIONS }),
  },
  {
    name: "backtests",
    door: (context, { strategyVersionId }) =>
      createCaller(context).backtests.start({ strategyVersionId }),
  },
  {
    name: "readings of an upload",
    door: (context, { uploadId }) =>
      createCaller(context).uploads.inspect({ id: uploadId, format: null }),
  },
  {
    name: "imports",
    door: (context, { inspectedUploadId }) =>
      createCaller(context).uploads.import({ ids: [inspectedUploadId], badRows: "skip" }),
  },
  { name: "sign-ups", door: signUp },
  { name: "demos", door: demo },
  { name: "exports of trades", door: (context, world) => exportTrades(context, world.backtestId) },
  { name: "exports of pairs", door: (context, world) => exportPairs(context, world.scanId) },
  {
    name: "exports of models",
    door: (context, world) => exportModel(context, world.modelVersionId),
  },
  { name: "new links", door: newLink },
  {
    name: "new links to models",
    door: (context, { modelVersionId }) =>
      createCaller(context).shares.createModel({ modelVersionId, label: "", lifetimeDays: 1 }),
  },
  {
    name: "openings of links",
    door: (context, world) => createCaller(context).shares.open({ token: world.shareToken }),
  },
  {
    name: "openings of links to models",
    door: async (context, world) => {
      const token = await shareModel(context.database, world);
      return createCaller(context).shares.openModel({ token });
    },
  },
  {
    name: "charts of a series",
    door: (context, { seriesId }) => createCaller(context).instruments.bars({ seriesId }),
  },
  {
    name: "charts of a result",
    door: (context, { backtestId }) =>
      createCaller(context).backtests.series({ id: backtestId, columns: ["equity"] }),
  },
  {
    name: "charts of a pair",
    door: (context, { scanId, instrumentY, instrumentX }) =>
      createCaller(context).scans.pairSeries({
        ...{ scanId, instrumentY, instrumentX },
        zScoreWindowBars: 20,
      }),
  },
])("$name are limited", async ({ door }) => {
  const { database } = subject;
  await database.pool.query("delete from rate_limit");
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const session = await signIn(database, owner);
  const context = testContext(database, { session, env: { ...TEST_ENV, ...ENV } });
  await door(context, world);
  const refusal = await door(context, world).then(
    () => "not limited",
    (error: unknown) => String(Reflect.get(Object(error), "code")),
  );
  expect(["rate-limited", "TOO_MANY_REQUESTS"]).toContain(refusal);
});
