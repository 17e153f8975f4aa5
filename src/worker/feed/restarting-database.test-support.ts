// A PostgreSQL of its own that can be restarted or killed behind one address: whoever is connected sees what a
// restart of the server on its port would show.
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import {
  type EmbeddedDatabase,
  startEmbeddedDatabase,
} from "../../../scripts/embedded-database.ts";

export type RestartingDatabase = {
  readonly connectionString: string;
  /** Ends the server, waits, and starts it again. "crash": at once, as by SIGKILL of the whole machine's power. */
  readonly restart: (how: "fast" | "crash", awayMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

const MIGRATE = path.resolve(import.meta.dirname, "../../../scripts/migrate.ts");

/** @param flags of PostgreSQL, ["-c", "fsync=off"] */
export async function startRestartingDatabase(
  flags: readonly string[],
): Promise<RestartingDatabase> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pairdesk-restarting-"));
  chmodSync(folder, 0o755);
  const start = () => startEmbeddedDatabase(path.join(folder, "postgres"), "test", flags);
  let server: EmbeddedDatabase | null = await start();
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const port = server === null ? 0 : Number(new URL(server.serverUrl).port);
    if (port === 0) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const url = new URL(server.serverUrl);
  url.port = String(address.port);
  url.pathname = "/postgres";
  await promisify(execFile)(process.execPath, [MIGRATE], {
    env: { ...process.env, DATABASE_URL: url.href },
  });
  return {
    connectionString: url.href,
    restart: async (how, awayMs) => {
      const running = server;
      server = null;
      if (how === "crash" && running !== null) process.kill(-running.pid, "SIGQUIT");
      await running?.stop();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      server = await start();
    },
    close: async () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
