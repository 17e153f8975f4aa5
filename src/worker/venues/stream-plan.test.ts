import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamPlan } from "./stream-plan.ts";

const slot = (name: string, streams: string[]) => ({ name, streams: new Set(streams) });

describe("streamPlan", () => {
  test("streams stay where they are, and new ones fill what has room", () => {
    const plan = streamPlan(
      [slot("a", ["1", "2", "3"]), slot("b", ["4"])],
      new Set(["1", "3", "4", "5", "6", "7", "8"]),
      { perSlotMax: 3 },
    );
    expect(plan.remove).toEqual(new Map([["a", ["2"]]]));
    expect(plan.add).toEqual(
      new Map([
        ["a", ["5"]],
        ["b", ["6", "7"]],
      ]),
    );
    expect(plan.open).toEqual([["8"]]);
  });

  test("afterwards exactly the wanted streams are carried, each once, by connections that are not too full", () => {
    const names = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 40 });
    fc.assert(
      fc.property(names, names, fc.integer({ min: 1, max: 9 }), (carried, wanted, perSlotMax) => {
        const slots: { name: string; streams: Set<string> }[] = [];
        for (let i = 0; i < carried.length; i += perSlotMax) {
          slots.push(slot(String(i), carried.slice(i, i + perSlotMax)));
        }
        const plan = streamPlan(slots, new Set(wanted), { perSlotMax });
        for (const one of slots) {
          for (const stream of plan.remove.get(one.name) ?? []) one.streams.delete(stream);
          for (const stream of plan.add.get(one.name) ?? []) one.streams.add(stream);
        }
        const all = [...slots.map(({ streams }) => [...streams]), ...plan.open];
        for (const streams of all) expect(streams.length).toBeLessThanOrEqual(perSlotMax);
        expect(all.flat().sort()).toEqual([...wanted].sort());
      }),
    );
  });
});
