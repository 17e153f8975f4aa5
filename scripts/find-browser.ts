import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function installed(): string | null {
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here
      }
    }
  }
  return null;
}

function attempt(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: "ignore", timeout: 300_000 });
  } catch {
    // The next way is tried; if none works, the caller says so.
  }
}

/**
 * A Chromium or Chrome to test with: Playwright's, an installed one, else one that can be installed.
 * @throws when there is none and none can be installed; the message says what to do.
 */
export function findBrowser(): string {
  const root = path.resolve(import.meta.dirname, "..");
  const ways = [
    () => {},
    () =>
      attempt(process.execPath, [
        path.join(root, "node_modules/playwright/cli.js"),
        "install",
        "chromium",
      ]),
    () => {
      if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
      attempt("apt-get", ["update", "-qq"]);
      attempt("apt-get", ["install", "-y", "-qq", "chromium"]);
    },
  ];
  for (const tryToInstall of ways) {
    tryToInstall();
    const found = installed();
    if (found) return found;
  }
  throw new Error(
    "no Chromium or Chrome found: run `npx playwright install chromium`, or install one",
  );
}
