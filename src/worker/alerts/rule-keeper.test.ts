// Ten thousand crossings, with a store that fails before and after it has stored, other workers that look
// at the same values, and workers that die in the middle: each crossing must be one alert.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AlertTransition } from "#db/alert-transitions.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import { ARMED, step } from "#quant/alerts/alert-rule.ts";
import { type RuleKeeper, type RuleStore, startRuleKeeper } from "./rule-keeper.ts";

const WORKSPACE = "00000000-0000-4000-8000-000000000001";

const ruleOf = (id: string): KeptRule => ({
  id,
  workspaceId: WORKSPACE,
  version: 1,
  subject: { kind: "feed", instrumentId: 1, metric: "price" },
  subjectTitle: "TEST",
  synthetic: false,
  livePairId: null,
  condition: { operator: "above", threshold: 10, hysteresis: 2, cooldownMs: 0 },
  state: ARMED,
  crossing: 0,
  cursor: null,
});

/** A database in memory, by the same rule as the real one: a change counts if it follows from what is stored. */
function createStore(faults: () => "none" | "before" | "after") {
  const stored = new Map<string, KeptRule>();
  const alerts: string[] = [];
  const apply = (transition: AlertTransition): boolean => {
    const rule = stored.get(transition.ruleId);
    const wanted = transition.kind === "raise" ? "armed" : "raised";
    if (
      rule === undefined ||
      rule.version !== transition.version ||
      rule.crossing !== transition.crossing ||
      rule.state.phase !== wanted
    ) {
      return false;
    }
    const isRaise = transition.kind === "raise";
    if (isRaise) alerts.push(`${rule.id}@${transition.cursor}`);
    stored.set(rule.id, {
      ...rule,
      crossing: rule.crossing + (isRaise ? 1 : 0),
      cursor: transition.cursor,
      state: isRaise
        ? { phase: "raised", lastFiredMs: transition.atMs }
        : { ...rule.state, phase: "armed" },
    });
    return true;
  };
  const store: RuleStore = {
    load: async () => [...stored.values()],
    commit: async (_, transitions) => {
      const fault = faults();
      if (fault === "before") throw new Error("the connection is lost");
      const lost = new Set<string>();
      for (const transition of transitions) {
        if (!lost.has(transition.ruleId) && !apply(transition)) lost.add(transition.ruleId);
      }
      if (fault === "after") throw new Error("the answer is lost");
      return lost;
    },
    saveLooks: async () => undefined,
  };
  return { stored, alerts, store };
}

/** Cursors at which a rule must fire, computed apart from keeper and store. */
function crossings(values: readonly number[], rule: KeptRule): string[] {
  let state = ARMED;
  return values.flatMap((value, cursor) => {
    const next = step(state, value, rule.condition, cursor);
    state = next.state;
    return next.fired ? [`${rule.id}@${cursor}`] : [];
  });
}

/** A keeper that can die: from then on nothing of what it has in hand reaches the store. */
function startMortal(store: RuleStore): RuleKeeper & { readonly kill: () => void } {
  let isDead = false;
  const alive = <T>(work: () => Promise<T>) =>
    isDead ? Promise.reject(new Error("dead")) : work();
  const keeper = startRuleKeeper(
    {
      load: () => alive(store.load),
      commit: (workspaceId, transitions) => alive(() => store.commit(workspaceId, transitions)),
      saveLooks: (looks) => alive(() => store.saveLooks(looks)),
    },
    { retryMs: 0, saveMs: 1e6, refreshMs: 1e6 },
  );
  const kill = () => {
    isDead = true;
    void keeper.stop();
  };
  return { ...keeper, kill };
}

/** Shows a rule the values that it has not seen; until it has seen all of them, or `count` of them. */
async function show(
  keeper: RuleKeeper,
  ruleId: string,
  values: readonly number[],
  count: number,
): Promise<void> {
  await keeper.settled();
  for (let shown = 0; shown < count; shown++) {
    const cursor = (keeper.cursorOf(ruleId) ?? -1) + 1;
    const value = values[cursor];
    if (value === undefined) break;
    if (!keeper.observe(ruleId, { value, atMs: cursor, cursor })) await keeper.settled();
  }
}

test("each of ten thousand crossings is one alert, whatever dies on the way", async () => {
  let crossingCount = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 5, max: 15 }), { minLength: 200, maxLength: 1_500 }),
      fc.infiniteStream(fc.nat(99)),
      async (values, dice) => {
        const roll = () => dice.next().value;
        const faults = () => {
          const at = roll();
          if (at < 5) return "before";
          return at < 10 ? "after" : "none";
        };
        const { stored, alerts, store } = createStore(faults);
        const rule = ruleOf("rule");
        stored.set(rule.id, rule);
        const start = () => startMortal(store);
        const workers = [start(), start()];
        for (let i = 0; i < 60; i++) {
          const at = roll() % 2;
          const worker = workers[at];
          if (worker === undefined) throw new Error("Invariant: there are two");
          // One of two at the same time, each with a part; then one is gone with what it had in hand.
          await show(worker, rule.id, values, roll());
          if (roll() < 30) {
            worker.kill();
            workers[at] = start();
          }
        }
        for (const worker of workers) {
          await show(worker, rule.id, values, 1e9);
          await worker.settled();
          await worker.stop();
        }
        const expected = crossings(values, rule);
        crossingCount += expected.length;
        expect(alerts).toEqual(expected);
        expect(stored.get(rule.id)?.crossing).toBe(expected.length);
      },
    ),
    { numRuns: 250 },
  );
  expect(crossingCount).toBeGreaterThan(10_000);
});

test("a rule that was changed meanwhile raises nothing by its old threshold", async () => {
  const { stored, alerts, store } = createStore(() => "none");
  const rule = ruleOf("rule");
  stored.set(rule.id, rule);
  const keeper = startRuleKeeper(store);
  await keeper.settled();
  stored.set(rule.id, { ...rule, version: 2, condition: { ...rule.condition, threshold: 12 } });
  expect(keeper.observe(rule.id, { value: 11, atMs: 0, cursor: 0 })).toBe(true);
  await keeper.settled();
  expect(alerts).toEqual([]);
  expect(keeper.observe(rule.id, { value: 13, atMs: 0, cursor: 1 })).toBe(true);
  await keeper.settled();
  expect(alerts).toEqual(["rule@1"]);
  await keeper.stop();
});

test("while the database is away changes wait, but not without end", async () => {
  let isAway = true;
  const { stored, alerts, store } = createStore(() => (isAway ? "before" : "none"));
  const rule = ruleOf("rule");
  stored.set(rule.id, rule);
  const keeper = startRuleKeeper(store, { retryMs: 1 });
  await expect.poll(() => keeper.rules().length).toBe(1);
  let shown = 0;
  while (keeper.observe(rule.id, { value: shown % 2 === 0 ? 20 : 0, atMs: 0, cursor: shown })) {
    shown++;
  }
  expect(shown).toBe(100);
  isAway = false;
  await keeper.settled();
  expect(alerts).toHaveLength(50);
  await keeper.stop();
});

test("regression: a keeper that was stopped while it read its rules never ended", async () => {
  const reading = Promise.withResolvers<KeptRule[]>();
  const { store } = createStore(() => "none");
  const keeper = startRuleKeeper({ ...store, load: () => reading.promise });
  const stopped = keeper.stop();
  // The stop has been heard before the reading ends: what remains is the end of the round.
  await new Promise(setImmediate);
  reading.resolve([]);
  await stopped;
});
