import { fork } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const STOP_PATIENCE_MS = 1_500;

/** A running embedded PostgreSQL; `serverUrl` has no database name. */
export type EmbeddedDatabase = {
  readonly serverUrl: string;
  readonly pid: number;
  /** Resolves when the server has stopped by itself. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
};

/** As root PostgreSQL runs as the user `postgres`, who must be able to walk down to its files. */
function assertReachable(folder: string): void {
  if (process.getuid?.() !== 0) return;
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) {
      throw new Error(
        `${at} cannot be entered by other users, but as root PostgreSQL runs as the user "postgres". ` +
          `Run as another user, move the project, or allow it with: chmod o+x ${at}`,
      );
    }
  }
}

/** Stops a server that an earlier run left behind in this folder (its supervisor was killed). */
async function stopLeftover(databaseDir: string): Promise<void> {
  const pidFile = path.join(databaseDir, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  for (let attempt = 0; attempt < 100 && isOurPostgres(pid, databaseDir); attempt++) {
    if (attempt === 0) process.kill(pid, "SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isOurPostgres(pid: number, databaseDir: string): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(databaseDir);
  } catch {
    return false;
  }
}

/**
 * Starts PostgreSQL on a free loopback port with its files in `databaseDir`, made new if need be.
 * @throws when the folder cannot be used or the server does not come up; the message says why.
 */
export async function startEmbeddedDatabase(
  databaseDir: string,
  password: string,
  postgresFlags: readonly string[] = [],
): Promise<EmbeddedDatabase> {
  mkdirSync(path.dirname(databaseDir), { recursive: true });
  accessSync(path.dirname(databaseDir), constants.W_OK);
  assertReachable(path.dirname(databaseDir));
  assertReachable(path.resolve(import.meta.dirname, "..", "node_modules"));
  await stopLeftover(databaseDir);
  const child = fork(
    path.join(import.meta.dirname, "database-server.ts"),
    [databaseDir, ...postgresFlags],
    {
      detached: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, PAIRDESK_DATABASE_PASSWORD: password },
    },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const serverUrl = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`PostgreSQL did not start (exit ${code})`)));
    child.once(
      "message",
      (message: { kind: string; connectionString: string; message: string }) => {
        if (message.kind === "ready") resolve(message.connectionString);
        else reject(new Error(`PostgreSQL did not start: ${message.message}`));
      },
    );
  });
  return {
    serverUrl,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill("SIGTERM");
      // A checkpoint on a busy disk can take long; an immediate stop is as safe, and recovers at start.
      const immediately = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGQUIT");
      }, STOP_PATIENCE_MS);
      await exited;
      clearTimeout(immediately);
    },
  };
}
