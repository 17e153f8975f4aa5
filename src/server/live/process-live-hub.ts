import process from "node:process";
import type { Context } from "../context.ts";
import { createLiveHub, type LiveHub } from "./live-hub.ts";
import type { DeliveryTimes } from "./live-times.ts";

// The bundler may load this module more than once in one process: the global object is what they share.
const holder: typeof globalThis & { pairdeskLiveHubs?: WeakMap<object, LiveHub> } = globalThis;

/** The one hub of this process: of its one database handle. @param times only the first call's count */
export function processLiveHub(
  { database, env, log }: Pick<Context, "database" | "env" | "log">,
  times: Partial<DeliveryTimes> = {},
): LiveHub {
  holder.pairdeskLiveHubs ??= new WeakMap();
  const known = holder.pairdeskLiveHubs.get(database);
  if (known !== undefined) return known;
  const hub = createLiveHub({ database, connectionString: env.DATABASE_URL, log }, times);
  holder.pairdeskLiveHubs.set(database, hub);
  // Streams never end by themselves, and a server that stops waits for its answers.
  process.once("SIGTERM", () => void hub.stop());
  process.once("SIGINT", () => void hub.stop());
  return hub;
}
