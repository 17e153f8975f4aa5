import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const Line = z.object({ port: z.number(), controlPort: z.number(), msg: z.string() });

/** The process on free ports, once it listens. */
async function started(env: Readonly<Record<string, string>> = {}) {
  const child = fork("src/simulator/main.ts", {
    env: { ...process.env, SIMULATOR_PORT: "0", SIMULATOR_CONTROL_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const [text]: unknown[] = await once(child.stdout ?? child, "data");
  return { child, line: Line.parse(JSON.parse(String(text))) };
}

async function exitCodeOf(child: ChildProcess): Promise<unknown> {
  const [code]: unknown[] = await once(child, "exit");
  return code;
}

describe("the simulator's process", () => {
  test("says where it listens, serves, and ends on SIGTERM", async () => {
    const { child, line } = await started();
    expect(line.msg).toBe("simulator listening");
    const ping = await fetch(`http://127.0.0.1:${line.port}/api/v3/ping`);
    expect(await ping.json()).toEqual({});
    const health = await fetch(`http://127.0.0.1:${line.controlPort}/health`);
    expect(await health.json()).toMatchObject({ ok: true });
    const ended = exitCodeOf(child);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("ends when its supervisor is gone", async () => {
    const { child } = await started();
    const ended = exitCodeOf(child);
    child.disconnect();
    expect(await ended).toBe(0);
  });

  test("names each variable that is wrong and does not start", async () => {
    const child = fork("src/simulator/main.ts", {
      env: { ...process.env, SIMULATOR_PORT: "high", SIMULATOR_TRADES_PER_SECOND: "-1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let complaint = "";
    child.stderr?.on("data", (chunk) => {
      complaint += String(chunk);
    });
    expect(await exitCodeOf(child)).not.toBe(0);
    expect(complaint).toMatch(/SIMULATOR_PORT .*SIMULATOR_TRADES_PER_SECOND /);
  });
});
