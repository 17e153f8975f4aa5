// The simulated exchange as a process: reads its environment, listens, and ends when it is told to.
import process from "node:process";
import { readSimulatorEnv } from "./env.ts";
import { createSimulator } from "./simulator.ts";

const env = readSimulatorEnv();
const files = env.SIMULATOR_RECORDING?.split(":");
const simulator = await createSimulator({
  port: env.SIMULATOR_PORT,
  controlPort: env.SIMULATOR_CONTROL_PORT,
  seed: env.SIMULATOR_SEED,
  tradesPerSecond: env.SIMULATOR_TRADES_PER_SECOND,
  ...(files === undefined
    ? {}
    : { recording: { files, speed: env.SIMULATOR_SPEED, start: env.SIMULATOR_START } }),
});

/** One line of JSON, as the other processes log. */
function log(message: string, facts: Readonly<Record<string, unknown>> = {}): void {
  if (["fatal", "error", "warn", "silent"].includes(env.LOG_LEVEL)) return;
  const line = { level: 30, time: Date.now(), process: "simulator", ...facts, msg: message };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

log("simulator listening", { port: simulator.port, controlPort: simulator.controlPort });

let isStopping = false;

async function stop(reason: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log("simulator stopping", { reason });
  await simulator.close();
  process.exit(0);
}

process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
// A supervisor that holds a channel to us is gone when the channel closes.
process.on("disconnect", () => void stop("the supervisor is gone"));
