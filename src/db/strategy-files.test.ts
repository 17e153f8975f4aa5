import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, createWorld, strategyConfig } from "#server/world.test-support.ts";
import { createStrategy, strategiesOf, strategyOf } from "./strategies.ts";
import { strategyFile, strategyFromFile } from "./strategy-files.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

const newWorld = async () => createWorld(subject.database, await createPerson(subject.database));

/** A strategy that names instruments wherever it can. */
function wholeConfig(instrumentY: number, instrumentX: number) {
  const config = strategyConfig(instrumentY, instrumentX);
  const events = [{ timeMs: 1, value: 0.5 }];
  return {
    ...config,
    benchmarkInstrument: instrumentX,
    costs: {
      ...config.costs,
      funding: { kind: "series" as const, rates: [{ instrumentId: instrumentX, events }] },
      dividends: [{ instrumentId: instrumentY, events }],
    },
  };
}

test("a strategy goes to another workspace by the names of its instruments", async () => {
  const { pool } = subject.database;
  const [from, to] = [await newWorld(), await newWorld()];
  const strategy = { name: "Mine", notes: "why", tags: ["a"] };
  const config = wholeConfig(from.instrumentY, from.instrumentX);
  const file = await strategyFile(pool, from.workspaceId, { ...strategy, config });
  expect(file).toMatchObject({
    config: { books: [[1, 2]], benchmarkInstrument: 2 },
    instruments: [
      { instrumentId: 1, symbol: from.symbolY, venue: "upload" },
      { instrumentId: 2, symbol: from.symbolX, venue: "upload" },
    ],
  });
  await pool.query(
    `update instrument set symbol = case id when $1 then $3 else $4 end where id in ($1, $2)`,
    [to.instrumentY, to.instrumentX, from.symbolY, from.symbolX],
  );
  const read = await strategyFromFile(pool, to.workspaceId, JSON.parse(JSON.stringify(file)));
  expect(read).toEqual({ ...strategy, config: wholeConfig(to.instrumentY, to.instrumentX) });
  const { id } = await createStrategy(subject.database, to.workspaceId, read);
  expect(await strategyOf(subject.database, to.workspaceId, id)).toMatchObject(strategy);
});

test("an instrument that is missing is named, and nothing is changed", async () => {
  const { database } = subject;
  const [from, to] = [await newWorld(), await newWorld()];
  const config = strategyConfig(from.instrumentY, from.instrumentX);
  const mine = { name: "Mine", notes: "", tags: [], config };
  const file = await strategyFile(database.pool, from.workspaceId, mine);
  await expect(strategyFromFile(database.pool, to.workspaceId, file)).rejects.toMatchObject({
    code: "invalid-input",
    field: "file",
    message: `This workspace does not have ${from.symbolY} (upload), ${from.symbolX} (upload)`,
  });
  expect(await strategiesOf(database, to.workspaceId)).toHaveLength(1);
});

/** What a configuration pays of an instrument that another workspace uploaded. */
const paidOf = {
  dividends: (instrumentId: number) => ({
    dividends: [{ instrumentId, events: [{ timeMs: 1, value: 0.5 }] }],
  }),
  funding: (instrumentId: number) => ({
    funding: {
      kind: "series" as const,
      rates: [{ instrumentId, events: [{ timeMs: 1, value: 0.5 }] }],
    },
  }),
};

test.each([
  { name: "dividends", field: "config.costs.dividends.0.instrumentId" },
  { name: "funding", field: "config.costs.funding.rates.0.instrumentId" },
] as const)(
  "$name of an instrument of another workspace are refused, and its name is not told",
  async ({ name, field }) => {
    const { database } = subject;
    const [own, other] = [await newWorld(), await newWorld()];
    const config = strategyConfig(own.instrumentY, own.instrumentX);
    const costs = { ...config.costs, ...paidOf[name](other.instrumentY) };
    const strategy = { name: "Mine", notes: "", tags: [], config: { ...config, costs } };
    await expect(createStrategy(database, own.workspaceId, strategy)).rejects.toMatchObject({
      ...{ code: "invalid-input", field },
    });
    const file = await strategyFile(database.pool, own.workspaceId, strategy);
    expect(file.instruments[2]).toEqual({ instrumentId: 3, symbol: "#3", venue: "" });
    expect(JSON.stringify(file)).not.toContain(other.symbolY);
  },
);

test("a benchmark of another workspace is refused", async () => {
  const [own, other] = [await newWorld(), await newWorld()];
  const config = {
    ...strategyConfig(own.instrumentY, own.instrumentX),
    benchmarkInstrument: other.instrumentX,
  };
  const strategy = { name: "Mine", notes: "", config };
  await expect(createStrategy(subject.database, own.workspaceId, strategy)).rejects.toMatchObject({
    code: "invalid-input",
    field: "config.benchmarkInstrument",
  });
});

test.each([
  { name: "settings that cannot be", change: { kind: "rlrt", books: [] }, says: /settings/ },
  { name: "an instrument that it does not name", change: { books: [[1, 9]] }, says: /9/ },
])("a file with $name is refused", async ({ change, says }) => {
  const world = await newWorld();
  const { pool } = subject.database;
  const config = strategyConfig(world.instrumentY, world.instrumentX);
  const mine = { name: "Mine", notes: "", tags: [], config };
  const file = await strategyFile(pool, world.workspaceId, mine);
  const broken = { ...file, config: { ...file.config, ...change } } as typeof file;
  await expect(strategyFromFile(pool, world.workspaceId, broken)).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(says),
  });
});
