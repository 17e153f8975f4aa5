import type { AlertLook, AlertTransition } from "#db/alert-transitions.ts";
import type { KeptRule } from "#db/kept-alert-rules.ts";
import { type AlertState, step } from "#quant/alerts/alert-rule.ts";
import { alertMessage } from "./alert-message.ts";

/** A value of what a rule is about; null is a missing one. */
export type Observation = {
  readonly value: number | null;
  /** Its time, from which cooldowns count, UTC ms. */
  readonly atMs: number;
  /** How far the rule has looked with it; see the column of the table. */
  readonly cursor: number | null;
};

/** A change of a rule that is to be stored. */
export type QueuedTransition = {
  readonly workspaceId: string;
  readonly transition: AlertTransition;
};

/** Changes of one rule that wait to be stored at most: more come only while the database is away. */
const BACKLOG_MAX = 100;

type Entry = {
  rule: KeptRule;
  state: AlertState;
  crossing: number;
  cursor: number | null;
  value: number | null;
  /** Whether value or cursor have moved since they were stored. */
  hasLooked: boolean;
  /** Changes that wait to be stored. */
  backlog: number;
  /** A change was refused: nothing known of the rule is worth anything until it was read again. */
  isLost: boolean;
};

/** Rules in memory, as they will be stored once all that waits is. */
export type RuleTable = {
  readonly rules: () => readonly KeptRule[];
  readonly cursorOf: (ruleId: string) => number | null;
  /**
   * Lets a rule look at a value.
   *
   * @returns a change that is to be stored, or null; "later" when the rule cannot look now
   */
  readonly observe: (ruleId: string, observation: Observation) => QueuedTransition | null | "later";
  /** Takes over what is stored, except of rules that have changes waiting: those will tell. */
  readonly adopt: (rules: readonly KeptRule[]) => void;
  /** A change was stored. */
  readonly settle: (ruleId: string) => void;
  /** A change was refused, and the later ones of its rule are dropped with it. */
  readonly lose: (ruleId: string) => void;
  /** How far rules have looked since this was asked last. */
  readonly takeLooks: () => readonly AlertLook[];
};

export function createRuleTable(): RuleTable {
  const entries = new Map<string, Entry>();
  return {
    rules: () => [...entries.values()].map(({ rule }) => rule),
    cursorOf: (ruleId) => entries.get(ruleId)?.cursor ?? null,
    observe: (ruleId, observation) => {
      const entry = entries.get(ruleId);
      if (entry === undefined || entry.isLost || entry.backlog >= BACKLOG_MAX) return "later";
      return look(entry, observation);
    },
    adopt: (rules) => {
      const stored = new Set(rules.map(({ id }) => id));
      for (const [id, { backlog }] of entries) {
        if (!stored.has(id) && backlog === 0) entries.delete(id);
      }
      for (const rule of rules) {
        const entry = entries.get(rule.id);
        if (entry !== undefined && entry.backlog > 0) continue;
        if (entry === undefined || !isAsStored(entry, rule)) entries.set(rule.id, newEntry(rule));
        else Object.assign(entry, { rule, cursor: later(entry.cursor, rule.cursor) });
      }
    },
    settle: (ruleId) => {
      const entry = entries.get(ruleId);
      if (entry !== undefined && entry.backlog > 0) entry.backlog -= 1;
    },
    lose: (ruleId) => {
      const entry = entries.get(ruleId);
      if (entry !== undefined) Object.assign(entry, { isLost: true, backlog: 0 });
    },
    takeLooks: () => {
      const looked = [...entries.values()].filter(
        ({ hasLooked, backlog, isLost }) => hasLooked && backlog === 0 && !isLost,
      );
      for (const entry of looked) entry.hasLooked = false;
      return looked.map(lookOf);
    },
  };
}

function look(entry: Entry, { value, atMs, cursor }: Observation): QueuedTransition | null {
  const cursorNow = later(entry.cursor, cursor);
  // Of a figure that there never was, too, is kept how far was looked: nobody need look there again.
  if (cursorNow !== entry.cursor) Object.assign(entry, { cursor: cursorNow, hasLooked: true });
  if (value === null || !Number.isFinite(value)) return null;
  entry.value = value;
  entry.hasLooked = true;
  const { state, fired } = step(entry.state, value, entry.rule.condition, atMs);
  if (state === entry.state) return null;
  const transition = transitionOf(entry, value, fired ? atMs : null);
  entry.state = state;
  if (fired) entry.crossing += 1;
  entry.backlog += 1;
  return { workspaceId: entry.rule.workspaceId, transition };
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function lookOf({ rule, crossing, state, value, cursor }: Entry): AlertLook {
  return { ruleId: rule.id, version: rule.version, crossing, phase: state.phase, value, cursor };
}

function newEntry(rule: KeptRule): Entry {
  const { state, crossing, cursor } = rule;
  const nothing = { value: null, hasLooked: false, backlog: 0, isLost: false };
  return { rule, state, crossing, cursor, ...nothing };
}

function isAsStored(entry: Entry, rule: KeptRule): boolean {
  return (
    !entry.isLost &&
    entry.rule.version === rule.version &&
    entry.crossing === rule.crossing &&
    entry.state.phase === rule.state.phase
  );
}

function transitionOf(entry: Entry, value: number, firedMs: number | null): AlertTransition {
  const { rule, crossing, cursor } = entry;
  const from = { ruleId: rule.id, version: rule.version, crossing, value, cursor };
  if (firedMs === null) return { ...from, kind: "arm" };
  return {
    ...from,
    kind: "raise",
    atMs: firedMs,
    message: alertMessage(rule, value),
    detail: { value, threshold: rule.condition.threshold, jobId: null },
  };
}
