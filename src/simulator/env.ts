import process from "node:process";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

/** Configuration of the simulator's process. Every variable is optional. */
const SimulatorEnv = z.object({
  SIMULATOR_PORT: port.default(8790),
  SIMULATOR_CONTROL_PORT: port.default(8791),
  SIMULATOR_SEED: z.coerce.number().int().min(0).default(1),
  /** Aggregated trades a second of each market together. */
  SIMULATOR_TRADES_PER_SECOND: z.coerce.number().positive().default(60),
  /** Paths of recordings, separated by ":"; they replace the market model. */
  SIMULATOR_RECORDING: z.string().optional(),
  SIMULATOR_SPEED: z.union([z.literal("max"), z.coerce.number().positive()]).default(1),
  SIMULATOR_START: z.enum(["at-once", "on-subscribe", "by-control"]).default("on-subscribe"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});
export type SimulatorEnv = z.infer<typeof SimulatorEnv>;

/** @throws {Error} naming each variable that is wrong */
export function readSimulatorEnv(variables: NodeJS.ProcessEnv = process.env): SimulatorEnv {
  // An empty variable means the same as none.
  const given = Object.entries(variables).filter(([, value]) => value !== "");
  const parsed = SimulatorEnv.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  throw new Error(`The simulator cannot start: ${faults.join("; ")}`);
}
