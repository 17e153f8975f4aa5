// `npm start`: brings everything up in order, says each step with its time, prints one address, and on
// Ctrl+C takes everything down in the opposite order. Children have process groups of their own, so
// that a signal of the terminal reaches this process alone.
import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import { parseServerEnv } from "#server/env.ts";
import { readWorkerEnv, type WorkerEnv } from "#worker/env.ts";
import { binanceAddresses } from "#worker/feed/feed-env.ts";
import { resolveExchange } from "#worker/venues/resolve-exchange.ts";
import { build } from "./build.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded-database.ts";
import { freePort } from "./free-port.ts";
import { generatedSecrets } from "./secrets.ts";

const root = path.resolve(import.meta.dirname, "..");
const envFile = path.join(root, ".env");
if (existsSync(envFile)) process.loadEnvFile(envFile);

const port = Number(process.env["PORT"] || 3000);
const host = process.env["HOST"] || "127.0.0.1";
const dataDir = path.resolve(root, process.env["PAIRDESK_DATA_DIR"] || ".data");
const lockFile = path.join(dataDir, "supervisor.pid");
const children: ChildProcess[] = [];
let database: EmbeddedDatabase | null = null;
let stopping: Promise<void> | null = null;
let holdsLock = false;

async function step<T>(doing: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  console.info(`  ${doing.padEnd(44)} ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}

/** Whether a process number still belongs to a supervisor: numbers are used again. */
function isSupervisor(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync("/proc/self") || readFileSync(commandLine, "utf8").includes("supervise");
}

/** One supervisor a data folder: a second one would fight over the database's files. */
function takeLock(): void {
  mkdirSync(dataDir, { recursive: true });
  if (existsSync(lockFile)) {
    const pid = Number(readFileSync(lockFile, "utf8"));
    if (pid !== process.pid && isSupervisor(pid)) {
      throw new Error(`it is running already (process ${pid})`);
    }
  }
  writeFileSync(lockFile, String(process.pid));
  holdsLock = true;
}

async function assertPortIsFree(): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is ${process.env["PORT"]}, which is no port`);
  }
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`port ${port} is taken; another one: PORT=${port + 1} npm start`);
  });
  await new Promise((resolve) => server.close(resolve));
}

/** A secret: given, or generated once; never generated for a production of one's own database. */
function secretOf(variable: "NEXTAUTH_SECRET" | "SECRETS_KEY"): string {
  const given = process.env[variable];
  if (given) return given;
  if (process.env["NODE_ENV"] === "production" && process.env["DATABASE_URL"]) {
    throw new Error(
      `${variable} must be set with NODE_ENV=production and a DATABASE_URL (openssl rand -base64 32)`,
    );
  }
  const { sessionSecret, secretsKey } = generatedSecrets(dataDir);
  return { NEXTAUTH_SECRET: sessionSecret, SECRETS_KEY: secretsKey }[variable];
}

async function startDatabase(): Promise<string> {
  const given = process.env["DATABASE_URL"];
  if (given) return given;
  const started = await startEmbeddedDatabase(
    path.join(dataDir, "postgres"),
    generatedSecrets(dataDir).databasePassword,
  );
  database = started;
  void started.exited.then(() => stopping ?? stop("the database has stopped", 1));
  const client = new pg.Client({ connectionString: `${started.serverUrl}/postgres` });
  await client.connect();
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'pairdesk'");
  if (rowCount === 0) await client.query("CREATE DATABASE pairdesk");
  await client.end();
  return `${started.serverUrl}/pairdesk`;
}

/** A child that is stopped with us for as long as it lives. */
function track(child: ChildProcess): void {
  children.push(child);
  child.once("exit", () => children.splice(children.indexOf(child), 1));
}

/** Runs a script to its end; it fails as a step. */
function runScript(file: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], {
      cwd: root,
      env,
      detached: true,
      stdio: ["ignore", "ignore", "inherit"],
    });
    track(child);
    child.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${file} ended with ${code}`));
    });
  });
}

/** A process that is to run as long as we do, its log in the data folder; started again when it dies. */
function keepRunning(name: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const startedAt = performance.now();
  const logFile = path.join(dataDir, "logs", `${name.replace(" ", "-")}.log`);
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: true,
    // The channel carries nothing; that it closes tells the child that we are gone, even by SIGKILL.
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  track(child);
  child.on("exit", (code, signal) => {
    if (stopping !== null) return;
    console.error(
      `The ${name} ended (${signal ?? code}); its log: ${path.relative(root, logFile)}`,
    );
    const livedMs = performance.now() - startedAt;
    if (livedMs < 5_000) void stop(`the ${name} does not stay up`, 1);
    else keepRunning(name, args, env);
  });
}

async function untilReady(name: string, url: string): Promise<void> {
  for (let attempt = 0; attempt < 600 && stopping === null; attempt++) {
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (stopping === null) throw new Error(`${name} did not answer within a minute`);
}

/**
 * Which exchange feeds the workers; the simulated one is started unless SIMULATOR_URL says where one runs.
 *
 * @returns variables for every child
 */
async function startExchange(
  env: NodeJS.ProcessEnv,
  worker: WorkerEnv,
): Promise<Record<string, string>> {
  const exchange = await resolveExchange(worker.EXCHANGE, binanceAddresses(worker));
  if (exchange === "binance" || env["SIMULATOR_URL"]) return { EXCHANGE: exchange };
  const simulatorPort = env["SIMULATOR_PORT"] || String(await freePort());
  const controlPort = env["SIMULATOR_CONTROL_PORT"] || String(await freePort());
  keepRunning("simulator", ["src/simulator/main.ts"], {
    ...env,
    SIMULATOR_PORT: simulatorPort,
    SIMULATOR_CONTROL_PORT: controlPort,
  });
  const url = `http://127.0.0.1:${simulatorPort}`;
  await untilReady("the simulated exchange", `${url}/api/v3/ping`);
  return { EXCHANGE: exchange, SIMULATOR_URL: url };
}

/**
 * Room for new objects, fixed at 16 MiB: what follows the market makes many that live for a moment, and V8
 * would double that room now and then, from 16 to 128 MiB within its first hour.
 */
const STEADY_MEMORY = ["--min-semi-space-size=16", "--max-semi-space-size=16"];

/** One process takes jobs, another follows the market, so that a large scan delays no trade. */
function startWorkers(env: NodeJS.ProcessEnv): void {
  if (process.env["WORKER_ROLES"]) keepRunning("worker", ["src/worker/main.ts"], env);
  else {
    keepRunning("job worker", ["src/worker/main.ts"], { ...env, WORKER_ROLES: "jobs" });
    keepRunning("market worker", [...STEADY_MEMORY, "src/worker/main.ts"], {
      ...env,
      WORKER_ROLES: "feed,live",
    });
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  // The whole group: whatever a child has started goes with it.
  const killer = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), 3_000);
  await exited;
  clearTimeout(killer);
}

function stop(reason: string, code: number): Promise<void> {
  stopping ??= (async () => {
    console.info(`\nStopping (${reason}) …`);
    await Promise.all(children.map(stopChild));
    await database?.stop();
    if (holdsLock) rmSync(lockFile, { force: true });
    console.info("Stopped.");
    process.exit(code);
  })();
  return stopping;
}

async function start(): Promise<void> {
  const startedAt = performance.now();
  console.info("Pairdesk");
  takeLock();
  await assertPortIsFree();
  const secrets = {
    NEXTAUTH_SECRET: secretOf("NEXTAUTH_SECRET"),
    SECRETS_KEY: secretOf("SECRETS_KEY"),
  };
  const databaseUrl = await step(
    process.env["DATABASE_URL"] ? "Using the database of DATABASE_URL" : "Starting the database",
    startDatabase,
  );
  const address = process.env["NEXTAUTH_URL"] || `http://${host}:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: address,
    ...secrets,
    PORT: String(port),
  };
  // Both would refuse on their own, but with their reasons in a log.
  parseServerEnv(env);
  const worker = readWorkerEnv(env);
  await step("Migrating the database", () => runScript("scripts/migrate.ts", env));
  await step("Building the application", () => build(track));
  await step("Preparing the demo's synthetic prices", () => runScript("scripts/seed.ts", env));
  const exchange = await step("Looking for an exchange", () => startExchange(env, worker));
  await step("Starting the workers and the web server", async () => {
    startWorkers({ ...env, ...exchange });
    keepRunning("web server", ["scripts/web-server.ts", host, String(port)], {
      ...env,
      ...exchange,
    });
    await untilReady("the web server", `http://${host}:${port}/api/ready`);
  });
  if (stopping !== null) return;
  if (exchange["EXCHANGE"] === "simulator") {
    console.info("  Live prices are of the simulated exchange, and marked so.");
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.info(`\nPairdesk is ready (${seconds} s): ${address}\nCtrl+C stops it.`);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void stop(signal, 0));
}
try {
  await start();
} catch (error) {
  if (stopping === null) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`\nPairdesk did not start: ${reason}`);
    await stop("nothing is left running", 1);
  }
}
