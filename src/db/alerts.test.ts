import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AlertHistoryRequest } from "#contracts/alert.ts";
import { createPerson } from "#server/world.test-support.ts";
import { createAlertChannel, deleteAlertChannel } from "./alert-channels.ts";
import {
  alertRulesOf,
  createAlertRule,
  deleteAlertRule,
  enableAlertRule,
  restoreAlertRule,
  updateAlertRule,
} from "./alert-rules.ts";
import { type AlertTransition, commitAlertTransitions } from "./alert-transitions.ts";
import { createLiveInstrument, createWatchedPair, pairRule } from "./alert-world.test-support.ts";
import {
  acknowledgeAlerts,
  alertHistory,
  alertsAfter,
  latestAlertSeq,
  unacknowledgedAlerts,
} from "./alerts.ts";
import { type KeptRule, keptAlertRules } from "./kept-alert-rules.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});

afterAll(() => context.drop());

const PAGE: AlertHistoryRequest = {
  ruleId: null,
  severity: null,
  unacknowledgedOnly: false,
  beforeSeq: null,
  limit: 50,
};

async function aWorkspace() {
  const owner = await createPerson(context.database);
  return { owner, pair: await createWatchedPair(context.database, owner.workspaceId) };
}

async function kept(id: string): Promise<KeptRule> {
  const rule = (await keptAlertRules(context.database, "pair")).find((one) => one.id === id);
  if (rule === undefined) throw new Error("the rule is not kept");
  return rule;
}

const from = (rule: KeptRule, crossing = rule.crossing) => ({
  ruleId: rule.id,
  version: rule.version,
  crossing,
  value: 2.5,
  cursor: null,
});
const raise = (rule: KeptRule, crossing = rule.crossing): AlertTransition => ({
  ...from(rule, crossing),
  kind: "raise",
  atMs: Date.now(),
  message: `crossing ${crossing}`,
  detail: { value: 2.5, threshold: 2, jobId: null },
});
const arm = (rule: KeptRule, crossing: number): AlertTransition => ({
  ...from(rule, crossing),
  kind: "arm",
});

test("a crossing is stored once with its deliveries, whoever else has seen it too", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const channel = { id: randomUUID(), kind: "email", name: "Mail", target: "a@b.example" } as const;
  await createAlertChannel(database, owner.workspaceId, { ...channel, secret: null });
  const id = await createAlertRule(
    database,
    owner,
    pairRule(pair.watchedPairId, { channelIds: [channel.id] }),
  );
  const rule = await kept(id);
  expect(rule).toMatchObject({ livePairId: pair.livePairId, crossing: 0, cursor: null });
  const lost = await Promise.all(
    Array.from({ length: 5 }, () =>
      commitAlertTransitions(database, owner.workspaceId, [raise(rule)]),
    ),
  );
  expect(lost.filter((ids) => ids.size === 0)).toHaveLength(1);
  const alerts = await alertsAfter(database, owner.workspaceId, 0);
  expect(alerts).toMatchObject([
    {
      ruleId: id,
      message: "crossing 0",
      value: 2.5,
      threshold: 2,
      href: `/live/${pair.watchedPairId}`,
      deliveries: [{ channelId: channel.id, state: "pending", attempts: 0 }],
    },
  ]);
  await deleteAlertChannel(database, owner.workspaceId, channel.id);
  const [after] = await alertsAfter(database, owner.workspaceId, 0);
  expect(after?.deliveries).toMatchObject([
    { state: "dead", lastError: "the channel was deleted" },
  ]);
  expect(await alertRulesOf(database, owner.workspaceId)).toMatchObject([
    {
      channelIds: [],
      state: "raised",
      lastValue: 2.5,
      alertCount: 1,
      subjectTitle: `${pair.symbolY} / ${pair.symbolX} (1m)`,
      synthetic: true,
      hasSubject: true,
    },
  ]);
});

test("of a rule's changes as many are stored as follow from each other", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const rule = await kept(await createAlertRule(database, owner, pairRule(pair.watchedPairId)));
  const other = await kept(await createAlertRule(database, owner, pairRule(pair.watchedPairId)));
  const lost = await commitAlertTransitions(database, owner.workspaceId, [
    raise(rule, 0),
    arm(rule, 1),
    raise(other, 7),
    raise(rule, 1),
    raise(other, 0),
  ]);
  expect([...lost]).toEqual([other.id]);
  const messages = (await alertsAfter(database, owner.workspaceId, 0)).map(
    ({ message }) => message,
  );
  expect(messages).toEqual(["crossing 0", "crossing 1"]);
});

test("a rule that was changed, switched off or deleted raises nothing for those who know it as it was", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const { workspaceId } = owner;
  const input = pairRule(pair.watchedPairId);
  const id = await createAlertRule(database, owner, input);
  const raises = async () => {
    const rule = await kept(id);
    return { rule, lost: () => commitAlertTransitions(database, workspaceId, [raise(rule)]) };
  };
  for (const change of [
    () => updateAlertRule(database, workspaceId, id, { ...input, threshold: 3 }),
    () => enableAlertRule(database, workspaceId, id, false),
    () => deleteAlertRule(database, workspaceId, id),
  ]) {
    const { lost } = await raises();
    await change();
    expect((await lost()).size).toBe(1);
    await restoreAlertRule(database, workspaceId, id).catch(() => undefined);
    await enableAlertRule(database, workspaceId, id, true);
  }
  expect(await latestAlertSeq(database, workspaceId)).toBe(0);
});

test("another threshold arms a raised rule anew, another name does not", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const { workspaceId } = owner;
  const input = pairRule(pair.watchedPairId);
  const id = await createAlertRule(database, owner, input);
  await commitAlertTransitions(database, workspaceId, [raise(await kept(id))]);
  await updateAlertRule(database, workspaceId, id, { ...input, name: "Other" });
  expect((await kept(id)).state.phase).toBe("raised");
  await updateAlertRule(database, workspaceId, id, { ...input, threshold: 2.1 });
  expect(await kept(id)).toMatchObject({ state: { phase: "armed" }, crossing: 1 });
});

test("numbers of alerts grow in the order of commits", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const rules: KeptRule[] = [];
  for (let i = 0; i < 8; i++) {
    rules.push(await kept(await createAlertRule(database, owner, pairRule(pair.watchedPairId))));
  }
  // A reader that goes on from the last number it has must end with all, whatever it saw on the way.
  const seen: number[] = [];
  const read = async () => {
    const alerts = await alertsAfter(database, owner.workspaceId, seen.at(-1) ?? 0);
    seen.push(...alerts.map(({ seq }) => seq));
  };
  let isWriting = true;
  const reading = (async () => {
    while (isWriting) await read();
  })();
  await Promise.all(
    rules.map(async (rule) => {
      for (let crossing = 0; crossing < 20; crossing++) {
        await commitAlertTransitions(database, owner.workspaceId, [
          raise(rule, crossing),
          arm(rule, crossing + 1),
        ]);
      }
    }),
  );
  isWriting = false;
  await reading;
  await read();
  expect(seen).toHaveLength(160);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(await latestAlertSeq(database, owner.workspaceId));
});

test("the history comes in pages and by filter, and is acknowledged one by one or all that were seen", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const { workspaceId } = owner;
  const stranger = await createPerson(database);
  const rule = await kept(await createAlertRule(database, owner, pairRule(pair.watchedPairId)));
  const critical = await kept(
    await createAlertRule(database, owner, pairRule(pair.watchedPairId, { severity: "critical" })),
  );
  for (let i = 0; i < 3; i++) {
    await commitAlertTransitions(database, workspaceId, [raise(rule, i), arm(rule, i + 1)]);
  }
  await commitAlertTransitions(database, workspaceId, [raise(critical)]);
  const first = await alertHistory(database, workspaceId, { ...PAGE, limit: 3 });
  expect(first.alerts).toHaveLength(3);
  const rest = await alertHistory(database, workspaceId, {
    ...PAGE,
    beforeSeq: first.nextBeforeSeq,
  });
  expect(rest).toMatchObject({ alerts: [{ message: "crossing 0" }], nextBeforeSeq: null });
  const ofRule = await alertHistory(database, workspaceId, { ...PAGE, ruleId: rule.id });
  expect(ofRule.alerts).toHaveLength(3);
  const severe = await alertHistory(database, workspaceId, { ...PAGE, severity: "critical" });
  expect(severe.alerts).toMatchObject([{ ruleId: critical.id }]);
  expect(await alertHistory(database, stranger.workspaceId, PAGE)).toMatchObject({ alerts: [] });
  const latestSeq = first.alerts[0]?.seq ?? 0;
  expect(await unacknowledgedAlerts(database, workspaceId)).toEqual({
    count: 4,
    worst: "critical",
    latestSeq,
  });
  const one = { kind: "one", id: severe.alerts[0]?.id ?? "" } as const;
  await expect(acknowledgeAlerts(database, stranger, one)).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await acknowledgeAlerts(database, owner, one)).toBe(1);
  expect(await acknowledgeAlerts(database, owner, one)).toBe(0);
  const untilSeq = ofRule.alerts[1]?.seq ?? 0;
  expect(await acknowledgeAlerts(database, stranger, { kind: "all", untilSeq })).toBe(0);
  expect(await acknowledgeAlerts(database, owner, { kind: "all", untilSeq })).toBe(2);
  expect(await unacknowledgedAlerts(database, workspaceId)).toMatchObject({
    count: 1,
    worst: "warning",
  });
  const open = await alertHistory(database, workspaceId, { ...PAGE, unacknowledgedOnly: true });
  expect(open.alerts).toMatchObject([{ seq: ofRule.alerts[0]?.seq }]);
});

test("a rule needs a pair, an instrument and channels that are there, and says which are not", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const other = await aWorkspace();
  const field = async (input: ReturnType<typeof pairRule>) =>
    createAlertRule(database, owner, input).then(
      () => null,
      (error: { field?: string }) => error.field,
    );
  expect(await field(pairRule(randomUUID()))).toBe("subject.watchedPairId");
  expect(await field(pairRule(other.pair.watchedPairId))).toBe("subject.watchedPairId");
  const feed = (instrumentId: number) =>
    pairRule(pair.watchedPairId, { subject: { kind: "feed", instrumentId, metric: "price" } });
  expect(await field(feed(2_000_000_000))).toBe("subject.instrumentId");
  expect(await field(feed((await createLiveInstrument(database)).id))).toBeNull();
  expect(await field(pairRule(pair.watchedPairId, { channelIds: [randomUUID()] }))).toBe(
    "channelIds",
  );
});

test("a rule keeps its pair when that leaves the watchlist, and its alerts when the pair is gone", async () => {
  const { database } = context;
  const { owner, pair } = await aWorkspace();
  const { workspaceId } = owner;
  const input = pairRule(pair.watchedPairId);
  const id = await createAlertRule(database, owner, input);
  await commitAlertTransitions(database, workspaceId, [raise(await kept(id))]);
  const href = async () => (await alertsAfter(database, workspaceId, 0))[0]?.href;
  expect(await href()).toBe(`/live/${pair.watchedPairId}`);
  await database.pool.query("delete from watched_pair where id = $1", [pair.watchedPairId]);
  expect(await kept(id)).toMatchObject({ livePairId: pair.livePairId });
  expect(await href()).toBe("/alerts");
  // It can still be changed, and is not armed anew by a change of its name.
  await updateAlertRule(database, workspaceId, id, { ...input, name: "Other" });
  expect(await kept(id)).toMatchObject({ state: { phase: "raised" } });
  const watchedPairId = randomUUID();
  await database.pool.query(
    "insert into watched_pair (id, workspace_id, live_pair_id) values ($1, $2, $3)",
    [watchedPairId, workspaceId, pair.livePairId],
  );
  expect(await href()).toBe(`/live/${watchedPairId}`);
  const [view] = await alertRulesOf(database, workspaceId);
  expect(view?.subject).toMatchObject({ watchedPairId });
  await updateAlertRule(database, workspaceId, id, pairRule(watchedPairId));
  expect(await kept(id)).toMatchObject({ state: { phase: "raised" } });
  await database.pool.query("delete from live_pair where id = $1", [pair.livePairId]);
  await expect(kept(id)).rejects.toThrow();
  expect(await alertRulesOf(database, workspaceId)).toMatchObject([
    { hasSubject: false, subjectTitle: "A pair that is no longer there" },
  ]);
  expect(await alertsAfter(database, workspaceId, 0)).toHaveLength(1);
});
