import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { freePort } from "./free-port.ts";

/** Pairdesk as `npm start` brings it up, with its data in a temporary folder. */
export type RunningProduct = {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** As Ctrl+C does; the data folder is kept until `remove`. */
  stop(): Promise<void>;
  remove(): void;
};

/**
 * Starts the product; resolves when it says that it is ready.
 * @param options.command what to run, by default the supervisor on this Node
 * @param options.dataDir a folder of an earlier run, to start on its data
 */
export async function startProduct(
  options: {
    command?: readonly string[];
    cwd?: string;
    dataDir?: string;
    quiet?: boolean;
    /** Variables besides those that every test run sets. */
    env?: Readonly<Record<string, string>>;
  } = {},
): Promise<RunningProduct> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(os.tmpdir(), "pairdesk-product-"));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const [file = process.execPath, ...args] = options.command ?? [
    process.execPath,
    "scripts/supervise.ts",
  ];
  const child = spawn(file, args, {
    cwd: options.cwd ?? path.resolve(import.meta.dirname, ".."),
    stdio: ["ignore", "pipe", "inherit"],
    // npm leaves Ctrl+C to the terminal, which signals the whole group: so must we.
    detached: options.command !== undefined,
    env: {
      ...process.env,
      PAIRDESK_DATA_DIR: dataDir,
      PORT: String(port),
      RATE_LIMIT_FACTOR: "100",
      // Never the network: what is tested must not depend on it.
      EXCHANGE: "simulator",
      ...options.env,
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the product ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      if (!options.quiet) process.stdout.write(chunk);
      if (chunk.includes("Pairdesk is ready")) resolve();
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    process: child,
    async stop() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      if (options.command !== undefined && child.pid !== undefined)
        process.kill(-child.pid, "SIGINT");
      else child.kill("SIGINT");
      await exited;
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
