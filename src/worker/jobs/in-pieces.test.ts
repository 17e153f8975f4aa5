import { expect, test } from "vitest";
import { createComputePool } from "../compute/compute-pool.ts";
import { inPieces } from "./in-pieces.ts";

test("after a piece has failed no other one is begun (N15)", async () => {
  const compute = createComputePool(2);
  const begun: number[] = [];
  const failed = Promise.withResolvers<void>();
  const pieces = inPieces(
    { compute },
    { count: 100, sizeMax: 1, onProgress: () => {} },
    async ({ start }) => {
      begun.push(start);
      if (start === 0) {
        failed.resolve();
        throw new Error("no");
      }
      await failed.promise;
    },
  );
  await expect(pieces).rejects.toThrow("no");
  // Whoever would go on does so before what is queued here.
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  await compute.close();
});
