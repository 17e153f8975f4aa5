import { expect, test } from "vitest";
import type { LiveSnapshot, LiveTick } from "#contracts/live-message.ts";
import { createLiveStore } from "./live-store.ts";

const PAIR = "6f1e2c6e-8d0a-4b58-9d0e-0d6f1c1f7a11";
const leg = { price: 1, tradeTimeMs: 0, tradeId: 1, volume: 1 };
const snapshot = (seq: number, zScore: number): LiveSnapshot => ({
  livePairId: PAIR,
  seq,
  state: "live",
  stateReason: null,
  computedAtMs: seq,
  freshnessMs: 0,
  legY: leg,
  legX: leg,
  now: { spread: 0, zScore },
  bar: null,
  signal: "flat",
  quality: null,
  decay: null,
  sparkline: [zScore],
});
const tick = (seq: number, zScore: number): LiveTick => {
  const {
    bar: _bar,
    quality: _quality,
    decay: _decay,
    sparkline: _line,
    ...rest
  } = snapshot(seq, zScore);
  return rest;
};

const atOnce = (work: () => void) => work();

test("a tick changes what it names and leaves the rest of the snapshot", () => {
  const store = createLiveStore(atOnce);
  store.update({ kind: "update", snapshots: [snapshot(1, 0.5)], ticks: [] });
  store.update({ kind: "update", snapshots: [], ticks: [tick(2, 0.7)] });
  expect(store.snapshot(PAIR)).toMatchObject({ seq: 2, now: { zScore: 0.7 }, sparkline: [0.5] });
});

test("what is older than what is known is left out", () => {
  const store = createLiveStore(atOnce);
  store.update({ kind: "update", snapshots: [snapshot(5, 0.5)], ticks: [tick(4, 9)] });
  store.seed([snapshot(3, 9)]);
  expect(store.snapshot(PAIR)?.now.zScore).toBe(0.5);
});

test("a tick of a pair without a snapshot waits for one", () => {
  const store = createLiveStore(atOnce);
  store.update({ kind: "update", snapshots: [], ticks: [tick(1, 1)] });
  expect(store.snapshot(PAIR)).toBeNull();
});

test("listeners hear of news and of the connection, until they leave", () => {
  const store = createLiveStore(atOnce);
  let heard = 0;
  const leave = store.subscribe(() => {
    heard += 1;
  });
  store.setConnection("live");
  store.setConnection("live");
  store.seed([snapshot(1, 0)]);
  leave();
  store.setConnection("reconnecting");
  expect(heard).toBe(2);
});

test("regression: a page never heard that the worker of its pair had died", () => {
  const store = createLiveStore(atOnce);
  store.update({ kind: "update", snapshots: [snapshot(5, 0.5)], ticks: [] });
  store.update({
    kind: "update",
    snapshots: [
      { ...snapshot(5, 0.5), state: "stale", stateReason: "No worker computes this pair" },
    ],
    ticks: [],
  });
  expect(store.snapshot(PAIR)).toMatchObject({ seq: 5, state: "stale" });
});

test("regression: news that came faster than the page was drawn ended its stream", () => {
  const waiting: (() => void)[] = [];
  const store = createLiveStore((work) => waiting.push(work));
  let heard = 0;
  store.subscribe(() => {
    heard += 1;
  });
  store.update({ kind: "update", snapshots: [snapshot(1, 0)], ticks: [] });
  for (let seq = 2; seq < 100; seq++) {
    store.update({ kind: "update", snapshots: [], ticks: [tick(seq, seq)] });
  }
  expect(waiting).toHaveLength(1);
  waiting.pop()?.();
  expect(heard).toBe(1);
  expect(store.snapshot(PAIR)?.now.zScore).toBe(99);
  store.update({ kind: "update", snapshots: [], ticks: [tick(100, 0)] });
  expect(waiting).toHaveLength(1);
});
