// What `npm start` and `npm test` share, in plain JavaScript that any Node ≥ 20 runs: install what the
// lockfile says if it is not there yet, then go on with the Node that it brought.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..");
const stamp = path.join(root, "node_modules", ".pairdesk-lockfile-sha256");
const node = path.join(root, "node_modules", ".bin", "node");

function ensureInstalled() {
  const lockfile = readFileSync(path.join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lockfile).digest("hex");
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const startedAt = Date.now();
  // On stderr: what a script answers on standard output may be read by a program.
  console.error("Installing packages …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed: see above. Nothing was started.");
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  console.error(`Installed packages (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

/** Runs a script of this folder on the installed Node, hands it our signals and ends as it ends. */
export function handOver(script) {
  ensureInstalled();
  const child = spawn(node, [path.join(import.meta.dirname, script), ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
