// Builds the kernels and the web application if their sources have changed since the last build.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { buildKernels } from "./build-kernels.ts";

const root = path.resolve(import.meta.dirname, "..");
const stamp = path.join(root, ".next", "pairdesk-sources-sha256");

function sourcesHash(): string {
  const files = [
    ...globSync("src/**/*.{ts,tsx,css,mjs,svg,png,ico}", { cwd: root }),
    ...["package-lock.json", "next.config.ts", "postcss.config.mjs", "prisma/schema.prisma"],
  ].filter((file) => !file.includes(".test.") && !file.startsWith("src/db/generated"));
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function run(args: readonly string[], onChild: (child: ChildProcess) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    });
    onChild(child);
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${args.join(" ")} failed:\n${output}`));
    });
  });
}

/**
 * Returns false when the last build of the application is still good.
 * @param onChild is told of each process, so that it can be stopped
 */
export async function build(onChild: (child: ChildProcess) => void): Promise<boolean> {
  await buildKernels();
  const hash = sourcesHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  await run(["scripts/generate.mjs"], onChild);
  await run(["node_modules/next/dist/bin/next", "build"], onChild);
  writeFileSync(stamp, hash);
  return true;
}
