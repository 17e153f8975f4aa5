import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startProduct } from "../scripts/running-product.ts";
import { atMost, type Figure, timed } from "./figure.ts";

const root = path.resolve(import.meta.dirname, "..");

async function inFreshClone<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = mkdtempSync(path.join(os.tmpdir(), "pairdesk-clone-"));
  chmodSync(parent, 0o755);
  const folder = path.join(parent, "pairdesk");
  try {
    execFileSync("git", ["clone", "--quiet", root, folder]);
    return await work(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** `npm start` of what is committed, in a fresh clone; then stopping it; then starting it again. */
export async function start(): Promise<readonly Figure[]> {
  return inFreshClone(async (folder) => {
    const command = ["npm", "start"];
    const first = await timed(() => startProduct({ command, cwd: folder, quiet: true }));
    const stopped = await timed(() => first.result.stop());
    const { dataDir } = first.result;
    const second = await timed(() => startProduct({ command, cwd: folder, dataDir, quiet: true }));
    await second.result.stop();
    second.result.remove();
    return [
      atMost("first npm start in a fresh clone, warm package cache", first.seconds, 240, "s"),
      atMost("Ctrl+C to everything stopped", stopped.seconds, 5, "s"),
      atMost("next npm start", second.seconds, 15, "s"),
    ];
  });
}

/** `npm test` of what is committed, in a fresh clone; it fails with the tests. */
export async function test(): Promise<readonly Figure[]> {
  return inFreshClone(async (folder) => {
    const { seconds, result } = await timed(
      () =>
        new Promise<number | null>((resolve) => {
          spawn("npm", ["test"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] }).on(
            "exit",
            resolve,
          );
        }),
    );
    if (result !== 0) throw new Error(`npm test ended with ${result}`);
    return [atMost("npm test in a fresh clone, warm package cache", seconds, 600, "s")];
  });
}
