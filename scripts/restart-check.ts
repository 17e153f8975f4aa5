// Stops a running product as Ctrl+C does and starts it again on its data: nothing may be left running
// in between, and nothing may be lost.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createApiClient } from "./api-client.ts";
import { type RunningProduct, startProduct } from "./running-product.ts";

/** Processes that were started with this data folder (Linux; elsewhere none can be seen). */
function processesOf(dataDir: string): readonly string[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return ["environ", "cmdline"].some((file) =>
        readFileSync(`/proc/${name}/${file}`, "utf8").includes(dataDir),
      );
    } catch {
      return false; // ended meanwhile, or another user's
    }
  });
}

/**
 * @returns the product, running again on the same data
 * @throws when a process outlives the stop, or an account or universe made before it is gone after it
 */
export async function restartKeepsAll(product: RunningProduct): Promise<RunningProduct> {
  const email = `${crypto.randomUUID()}@example.test`;
  const password = crypto.randomUUID();
  const before = createApiClient(product.url);
  await before.trpc.account.signUp.mutate({ name: "Restart", email, password });
  await before.signIn("password", { email, password });
  const demo = await before.trpc.instruments.list.query({ venue: "demo" });
  const [first, second] = demo;
  if (first === undefined || second === undefined) throw new Error("the demo has no prices");
  const { id } = await before.trpc.universes.create.mutate({
    name: "Kept",
    intervalMs: first.intervalMs,
    instrumentIds: [first.instrumentId, second.instrumentId],
  });

  await product.stop();
  const left = processesOf(product.dataDir);
  if (left.length > 0) throw new Error(`still running after the stop: ${left.join(", ")}`);

  const again = await startProduct({ dataDir: product.dataDir });
  const after = createApiClient(again.url);
  await after.signIn("password", { email, password });
  const kept = await after.trpc.universes.get.query({ id });
  if (kept.instruments.length !== 2) throw new Error("the universe came back otherwise");
  return again;
}
