import { expect, test } from "vitest";
import { createSlots } from "./hash-slots.ts";

test("no more than the limit run at a time, and all get their turn", async () => {
  const slots = createSlots(2, 100);
  let running = 0;
  let runningMax = 0;
  const work = async () => {
    running += 1;
    runningMax = Math.max(runningMax, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return 1;
  };
  const done = await Promise.all(Array.from({ length: 20 }, () => slots.run(work)));
  expect(done).toHaveLength(20);
  expect(runningMax).toBe(2);
});

test("beyond the waiting line the answer is unavailable, and a failure frees its slot", async () => {
  const slots = createSlots(1, 1);
  const gate = Promise.withResolvers<void>();
  const first = slots.run(() => gate.promise);
  const second = slots.run(() => Promise.reject(new Error("boom")));
  await expect(slots.run(async () => 1)).rejects.toMatchObject({ code: "unavailable" });
  gate.resolve();
  await first;
  await expect(second).rejects.toThrow("boom");
  expect(await slots.run(async () => 2)).toBe(2);
});
