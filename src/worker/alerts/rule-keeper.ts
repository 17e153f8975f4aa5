// Keeps the rules of alerts in memory, looks at values as fast as they come, and stores what changes.
//
// What is stored decides. A change counts only if it follows from what is stored (alert-transitions.ts);
// when it does not, because another process was faster or a person changed the rule, the rule is read
// again. So nothing has to be agreed between processes, and a restart needs no care: whoever comes last
// goes on from the stored state.
import { setTimeout as delay } from "node:timers/promises";
import type { AlertLook, AlertTransition } from "#db/alert-transitions.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import { createRuleTable, type Observation, type QueuedTransition } from "./rule-table.ts";

/** Where rules are kept; the tests have one that fails and dies. */
export type RuleStore = {
  readonly load: () => Promise<readonly KeptRule[]>;
  /** See commitAlertTransitions. When it throws, nobody knows whether they were stored. */
  readonly commit: (
    workspaceId: string,
    transitions: readonly AlertTransition[],
  ) => Promise<ReadonlySet<string>>;
  readonly saveLooks: (looks: readonly AlertLook[]) => Promise<void>;
};

export type RuleKeeper = {
  /** Rules as they are known. */
  readonly rules: () => readonly KeptRule[];
  /** How far a rule has looked; null: nowhere yet, or the rule is not known. */
  readonly cursorOf: (ruleId: string) => number | null;
  /**
   * Lets a rule look at a value. Cheap; never throws.
   *
   * @returns false when the rule cannot look now: show the value, or a newer one, again later
   */
  readonly observe: (ruleId: string, observation: Observation) => boolean;
  /** Reads the rules again, soon; several requests are one. */
  readonly refresh: () => void;
  /** Resolves when nothing waits to be read or stored. */
  readonly settled: () => Promise<void>;
  /** Stores what is still to be stored, for a short while, and lets go. */
  readonly stop: () => Promise<void>;
};

export type RuleKeeperOptions = {
  /** Called after each reading of the rules. */
  readonly onLoaded?: () => void;
  /** What the database did; everything is tried again. */
  readonly onError?: (error: unknown) => void;
  /** Rules are read again this often, should a notification be missed. */
  readonly refreshMs?: number;
  /** How often it is stored how far rules have looked. */
  readonly saveMs?: number;
  /** First wait after an error; it doubles up to RETRY_MS_MAX. */
  readonly retryMs?: number;
};

/** Changes that one transaction stores. */
const BATCH_MAX = 100;

const RETRY_MS_MAX = 5_000;
const STOP_MS_MAX = 1_500;

/** Starts to keep rules; nothing can be observed before the first reading. */
export function startRuleKeeper(store: RuleStore, options: RuleKeeperOptions = {}): RuleKeeper {
  const { refreshMs = 30_000, saveMs = 5_000, retryMs = 100 } = options;
  const table = createRuleTable();
  const ended = new AbortController();
  let queue: QueuedTransition[] = [];
  let isRefreshDue = true;
  let isIdle = false;
  let wake = Promise.withResolvers<void>();
  let idle = Promise.withResolvers<void>();

  const signal = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const refresh = () => {
    isRefreshDue = true;
    signal();
  };
  const hasWork = () => isRefreshDue || queue.length > 0;

  const load = async () => {
    isRefreshDue = false;
    table.adopt(await store.load());
    options.onLoaded?.();
  };

  /** Stores the oldest change and what else waits in its workspace. */
  const commitSome = async () => {
    const workspaceId = queue[0]?.workspaceId;
    if (workspaceId === undefined) return;
    const batch = queue.filter((one) => one.workspaceId === workspaceId).slice(0, BATCH_MAX);
    const transitions = batch.map(({ transition }) => transition);
    const lost = await store.commit(workspaceId, transitions);
    for (const { ruleId } of transitions) table.settle(ruleId);
    for (const id of lost) table.lose(id);
    const done = new Set(batch);
    queue = queue.filter((one) => !done.has(one) && !lost.has(one.transition.ruleId));
    if (lost.size > 0) isRefreshDue = true;
  };

  const rest = async () => {
    isIdle = true;
    idle.resolve();
    idle = Promise.withResolvers();
    await wake.promise;
    isIdle = false;
  };

  const running = (async () => {
    let waitMs = retryMs;
    while (!ended.signal.aborted) {
      try {
        if (isRefreshDue) await load();
        await commitSome();
        waitMs = retryMs;
        // Told to stop while it worked, it would wait for a signal that has been given already.
        if (!hasWork() && !ended.signal.aborted) await rest();
      } catch (error) {
        options.onError?.(error);
        isRefreshDue = true;
        // The wait is cut short when the keeper stops.
        await delay(waitMs, undefined, { signal: ended.signal }).catch(() => undefined);
        waitMs = Math.min(RETRY_MS_MAX, waitMs * 2);
      }
    }
  })();

  const saveLooks = () =>
    store.saveLooks(table.takeLooks()).catch((error: unknown) => options.onError?.(error));
  const refreshing = setInterval(refresh, refreshMs);
  const saving = setInterval(() => void saveLooks(), saveMs);

  const settled = async () => {
    while (!isIdle || hasWork()) await idle.promise;
  };
  return {
    rules: () => table.rules(),
    cursorOf: (ruleId) => table.cursorOf(ruleId),
    observe: (ruleId, observation) => {
      const change = table.observe(ruleId, observation);
      if (change === "later") return false;
      if (change === null) return true;
      queue.push(change);
      signal();
      return true;
    },
    refresh,
    settled,
    stop: async () => {
      clearInterval(refreshing);
      clearInterval(saving);
      const flush = queue.length > 0 ? settled().then(saveLooks) : saveLooks();
      await Promise.race([flush, delay(STOP_MS_MAX, undefined, { ref: false })]);
      ended.abort();
      signal();
      await running;
    },
  };
}
