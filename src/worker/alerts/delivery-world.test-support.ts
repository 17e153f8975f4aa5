import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { AlertChannelSecret, AlertChannelView } from "#contracts/alert.ts";
import { createAlertChannel } from "#db/alert-channels.ts";
import { createAlertRule } from "#db/alert-rules.ts";
import { commitAlertTransitions } from "#db/alert-transitions.ts";
import { createWatchedPair, pairRule } from "#db/alert-world.test-support.ts";
import { alertsAfter } from "#db/alerts.ts";
import type { Database } from "#db/client.ts";
import { keptAlertRules } from "#db/kept-alert-rules.ts";
import { parseKeyring, sealSecret } from "#db/secret-box.ts";
import type { AlertEnv } from "./alert-env.ts";

export const KEYRING = parseKeyring(Buffer.alloc(32, "the key of the tests").toString("base64"));

export const ENV: AlertEnv = {
  NODE_ENV: "test",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  SECRETS_KEY: KEYRING,
  SMTP_URL: undefined,
  SMTP_FROM: undefined,
  TELEGRAM_API_URL: "http://127.0.0.1:9",
  WEBHOOK_ALLOW: [],
  ALERT_DAYS: 365,
};

export type Received = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly atMs: number;
};

/** An endpoint on this machine that notes what it gets and answers as it is told. */
export async function startEndpoint(
  answer: (request: Received, response: ServerResponse) => void,
): Promise<{ host: string; received: Received[]; close: () => Promise<void> }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
      const path = request.url ?? "";
      const one = { path, headers: Object.fromEntries(headers), body, atMs: Date.now() };
      received.push(one);
      answer(one, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { host, received, close };
}

/** A mail server on this machine; `refuse` gives the reply to a recipient, null to take the message. */
export async function startMailServer(
  refuse: (address: string) => { responseCode: number } | null = () => null,
): Promise<{ url: string; messages: string[]; close: () => Promise<void> }> {
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, callback) => {
      const reply = refuse(address);
      callback(reply === null ? null : Object.assign(new Error("no"), reply));
    },
    onData: (stream, _session, callback) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
      });
      stream.on("end", () => {
        messages.push(text);
        callback();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `smtp://127.0.0.1:${port}`, messages, close };
}

/** A channel as the web process makes it. @returns its id */
export async function createChannel(
  database: Database,
  workspaceId: string,
  kind: AlertChannelView["kind"],
  target: string,
  secret: AlertChannelSecret | null = null,
): Promise<string> {
  const id = randomUUID();
  const owner = { workspaceId, recordId: id };
  const sealed = secret && sealSecret(KEYRING, owner, JSON.stringify(secret));
  await createAlertChannel(database, workspaceId, { id, kind, name: kind, target, secret: sealed });
  return id;
}

export function createWebhook(
  database: Database,
  workspaceId: string,
  url: string,
): Promise<string> {
  const secret = { kind: "webhook", url, signingSecret: "whsec_test" } as const;
  return createChannel(database, workspaceId, "webhook", url, secret);
}

/** Raises one alert that goes to these channels. @returns its id */
export async function raiseAlert(
  database: Database,
  owner: { readonly workspaceId: string; readonly userId: string },
  channelIds: readonly string[],
): Promise<string> {
  const { watchedPairId } = await createWatchedPair(database, owner.workspaceId);
  const input = pairRule(watchedPairId, { channelIds: [...channelIds] });
  const ruleId = await createAlertRule(database, owner, input);
  const rule = (await keptAlertRules(database, "pair")).find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error("Invariant: a new rule is kept");
  await commitAlertTransitions(database, owner.workspaceId, [
    {
      kind: "raise",
      ruleId,
      version: rule.version,
      crossing: 0,
      value: 2.5,
      cursor: null,
      atMs: Date.now(),
      message: "z-score 2.5 is above 2",
      detail: { value: 2.5, threshold: 2, jobId: null },
    },
  ]);
  const alert = (await alertsAfter(database, owner.workspaceId, 0)).at(-1);
  if (alert === undefined) throw new Error("Invariant: the alert was raised");
  return alert.id;
}
