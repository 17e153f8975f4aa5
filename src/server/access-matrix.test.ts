import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type AlertWorld, createAlertWorld, pairRule } from "#db/alert-world.test-support.ts";
import type { Database } from "#db/client.ts";
import { watchNewPair } from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { analysisConfig } from "./analysis-world.test-support.ts";
import type { Context } from "./context.ts";
import { datasetConfig, LEARNING_RUN } from "./learning-world.test-support.ts";
import { shareModel } from "./model-world.test-support.ts";
import { appRouter, createCaller } from "./root.ts";
import {
  createPerson,
  createWorld,
  DATA_WINDOW,
  HOUR_MS,
  OPTIMISATION,
  PASSWORD,
  publishedStudyConfig,
  SCAN_OPTIONS,
  signIn,
  signInGuest,
  signInMember,
  strategyConfig,
  testContext,
  type World,
  withParameter,
} from "./world.test-support.ts";

/** What an actor gets: an answer, or the code of a refusal. */
type Outcome = "ok" | TRPCError["code"];
const ACTORS = ["anonymous", "outsider", "guest", "viewer", "editor", "owner"] as const;
type Actor = (typeof ACTORS)[number];
type Access = Readonly<Record<Actor, Outcome>>;

const SIGNED_IN: Access = {
  anonymous: "UNAUTHORIZED",
  outsider: "ok",
  guest: "ok",
  viewer: "ok",
  editor: "ok",
  owner: "ok",
};
const PUBLIC: Access = { ...SIGNED_IN, anonymous: "ok" };
/** Reads one object of the workspace: for others it does not exist. */
const READ: Access = { ...SIGNED_IN, outsider: "NOT_FOUND", guest: "NOT_FOUND" };
/** Changes one object of the workspace. */
const CHANGE: Access = { ...READ, viewer: "FORBIDDEN" };
/** Makes something out of objects of the workspace that the input names. */
const MAKE: Access = { ...CHANGE, outsider: "BAD_REQUEST", guest: "BAD_REQUEST" };
/** What cannot be undone. */
const OWNER: Access = { ...CHANGE, editor: "FORBIDDEN" };
/** An object that only the owner has, whoever else is in the workspace. */
const OWN: Access = { ...READ, viewer: "NOT_FOUND", editor: "NOT_FOUND" };

type Subject = World & {
  ownerSessionId: string;
  modelShareToken: string;
  watched: Awaited<ReturnType<typeof watchNewPair>>;
  alerts: AlertWorld;
};
type Cell = { access: Access; input: (world: Subject) => unknown };

const row = (access: Access, input: Cell["input"] = () => undefined): Cell => ({ access, input });
const pair = (world: World) => ({
  scanId: world.scanId,
  instrumentY: world.instrumentY,
  instrumentX: world.instrumentX,
});
const universe = (world: World) => ({
  name: "New",
  intervalMs: HOUR_MS,
  instrumentIds: [world.instrumentY, world.instrumentX],
});
const dataset = (world: World) => datasetConfig({ ...world, window: DATA_WINDOW });
const config = (world: World) => strategyConfig(world.instrumentY, world.instrumentX);
const otherConfig = (world: World) => withParameter(config(world), "entryZScore", 1.5);

/** Every procedure, who may call it, and with what. The world is the owner's workspace. */
const MATRIX: Readonly<Record<string, Cell>> = {
  "account.me": row(PUBLIC),
  "account.providers": row(PUBLIC),
  "account.signUp": row(PUBLIC, () => ({
    name: "New",
    email: `${randomUUID()}@example.org`,
    password: PASSWORD,
  })),
  "account.sessions": row(SIGNED_IN),
  "account.revokeSession": row(OWN, (world) => ({ id: world.ownerSessionId })),
  "account.revokeOtherSessions": row(SIGNED_IN),
  "account.changePassword": row({ ...SIGNED_IN, guest: "FORBIDDEN" }, () => ({
    current: PASSWORD,
    next: "another horse battery staple",
  })),
  "account.rename": row(SIGNED_IN, () => ({ name: "Renamed" })),

  "uploads.list": row(SIGNED_IN),
  "uploads.get": row(READ, (world) => ({ id: world.uploadId })),
  "uploads.inspect": row(CHANGE, (world) => ({ id: world.uploadId, format: null })),
  "uploads.import": row(CHANGE, (world) => ({ ids: [world.inspectedUploadId], badRows: "skip" })),
  "uploads.discard": row(CHANGE, (world) => ({ id: world.uploadId })),

  "instruments.list": row(SIGNED_IN, () => ({})),
  "instruments.series": row(READ, (world) => ({ seriesId: world.seriesId })),
  "instruments.bars": row(READ, (world) => ({ seriesId: world.seriesId, points: 100 })),
  "instruments.deleteSeries": row(OWNER, (world) => ({ seriesId: world.seriesId })),

  "markets.list": row(SIGNED_IN, () => ({})),
  "markets.get": row(SIGNED_IN, ({ watched }) => ({ instrumentId: watched.instrumentY })),

  // What a venue publishes is common: anybody may have it fetched.
  "history.start": row({ ...SIGNED_IN, viewer: "FORBIDDEN" }, ({ watched }) => ({
    instrumentIds: [watched.instrumentY, watched.instrumentX],
    intervalMs: 60_000,
    spanMs: 24 * HOUR_MS,
  })),
  "markets.candles": row(READ, (world) => ({
    instrumentId: world.instrumentY,
    intervalMs: HOUR_MS,
    indicators: [{ kind: "macd" }, { kind: "rsi", periodBars: 14 }],
  })),

  "feed.status": row(SIGNED_IN),
  "feed.proofs": row(SIGNED_IN, () => ({})),
  "feed.gaps": row(SIGNED_IN, () => ({})),
  "feed.askGapAgain": row(
    { ...OWNER, outsider: "NOT_FOUND", guest: "FORBIDDEN", owner: "NOT_FOUND" },
    () => ({ id: 1_000_000 }),
  ),
  "feed.differences": row(SIGNED_IN),
  "feed.events": row(SIGNED_IN, () => ({})),

  "universes.list": row(SIGNED_IN),
  "universes.get": row(READ, (world) => ({ id: world.universeId })),
  "universes.create": row(MAKE, universe),
  "universes.update": row(MAKE, (world) => ({ id: world.universeId, ...universe(world) })),
  "universes.delete": row(CHANGE, (world) => ({ id: world.universeId })),
  "universes.restore": row(CHANGE, (world) => ({ id: world.deletedUniverseId })),

  "scans.list": row(SIGNED_IN),
  "scans.get": row(READ, (world) => ({ id: world.scanId })),
  "scans.start": row(CHANGE, (world) => ({ universeId: world.universeId, ...SCAN_OPTIONS })),
  "scans.pairs": row(READ, (world) => ({ scanId: world.scanId })),
  "scans.heatMap": row(READ, (world) => ({ scanId: world.scanId })),
  "scans.pair": row(READ, pair),
  "scans.clusters": row(READ, (world) => ({ scanId: world.scanId })),
  "scans.pairSeries": row(READ, (world) => ({ ...pair(world), zScoreWindowBars: 20 })),
  "scans.delete": row(CHANGE, (world) => ({ id: world.scanId })),
  "scans.restore": row(CHANGE, (world) => ({ id: world.deletedScanId })),

  "schedules.list": row(SIGNED_IN),
  "schedules.set": row(CHANGE, ({ universeId, scanId }) => ({
    universeId,
    scanId,
    cadence: { kind: "daily", hourUtc: 6 },
  })),
  "schedules.delete": row(CHANGE, (world) => ({ universeId: world.universeId })),

  "suggestions.list": row(SIGNED_IN),

  "strategies.list": row(SIGNED_IN),
  "strategies.get": row(READ, (world) => ({ id: world.strategyId })),
  "strategies.create": row(MAKE, (world) => ({ name: "New", config: config(world) })),
  "strategies.addVersion": row(CHANGE, (world) => ({
    id: world.strategyId,
    config: otherConfig(world),
  })),
  "strategies.rename": row(CHANGE, (world) => ({ id: world.strategyId, name: "New", notes: "" })),
  "strategies.duplicate": row(CHANGE, (world) => ({ id: world.strategyId })),
  "strategies.exportFile": row(READ, (world) => ({ id: world.strategyId })),
  // By name: whoever has such instruments may import it, and these are the owner's alone.
  "strategies.importFile": row(MAKE, (world) => ({
    file: {
      ...{ format: "pairdesk-strategy", version: 1, name: "Imported", notes: "", tags: [] },
      config: config(world),
      instruments: [
        { instrumentId: world.instrumentY, symbol: world.symbolY, venue: "upload" },
        { instrumentId: world.instrumentX, symbol: world.symbolX, venue: "upload" },
      ],
    },
  })),
  // Of instruments that one does not have it says that there are no bars.
  "strategies.preview": row(SIGNED_IN, (world) => ({
    config: config(world),
    book: 0,
    points: 100,
  })),
  "strategies.archive": row(CHANGE, (world) => ({ id: world.strategyId })),
  "strategies.unarchive": row(CHANGE, (world) => ({ id: world.strategyId })),
  "strategies.delete": row(CHANGE, (world) => ({ id: world.strategyId })),
  "strategies.restore": row(CHANGE, (world) => ({ id: world.deletedStrategyId })),

  "backtests.start": row(CHANGE, (world) => ({ strategyVersionId: world.strategyVersionId })),
  "backtests.list": row(SIGNED_IN, (world) => ({ strategyId: world.strategyId })),
  "backtests.get": row(READ, (world) => ({ id: world.backtestId })),
  "backtests.report": row(READ, (world) => ({ id: world.backtestId })),
  "backtests.tradeLegs": row(READ, (world) => ({ id: world.backtestId, trade: 0 })),
  "backtests.series": row(READ, (world) => ({
    id: world.backtestId,
    columns: ["equity"],
    points: 100,
  })),
  "backtests.startMany": row(CHANGE, (world) => [{ strategyVersionId: world.strategyVersionId }]),
  "backtests.compare": row(READ, (world) => ({ ids: [world.backtestId, world.otherBacktestId] })),
  "backtests.verify": row(CHANGE, (world) => ({ id: world.backtestId })),
  "backtests.verification": row(READ, (world) => ({ id: world.backtestId })),
  "backtests.annotate": row(CHANGE, (world) => ({ id: world.backtestId, tags: [], notes: "" })),
  "backtests.delete": row(CHANGE, (world) => ({ id: world.backtestId })),
  "backtests.restore": row(CHANGE, (world) => ({ id: world.deletedBacktestId })),

  "optimisations.start": row(CHANGE, (world) => ({
    strategyVersionId: world.strategyVersionId,
    config: OPTIMISATION,
  })),
  "optimisations.list": row(SIGNED_IN, () => ({})),
  "optimisations.get": row(READ, (world) => ({ id: world.optimisationId })),
  "optimisations.trials": row(READ, (world) => ({
    id: world.optimisationId,
    figures: ["sharpeRatio"],
  })),
  "optimisations.promote": row(CHANGE, (world) => ({ id: world.optimisationId, trial: 2 })),
  "optimisations.delete": row(CHANGE, (world) => ({ id: world.optimisationId })),
  "optimisations.restore": row(CHANGE, (world) => ({ id: world.deletedOptimisationId })),

  "publishedStudies.start": row(MAKE, (world) =>
    publishedStudyConfig(world.instrumentY, world.instrumentX),
  ),
  "publishedStudies.list": row(SIGNED_IN),
  "publishedStudies.get": row(READ, (world) => ({ id: world.studyId })),
  "publishedStudies.delete": row(CHANGE, (world) => ({ id: world.studyId })),
  "publishedStudies.restore": row(CHANGE, (world) => ({ id: world.deletedStudyId })),

  "pairAnalyses.start": row(CHANGE, (world) => ({
    ...analysisConfig(world, DATA_WINDOW),
    prices: "level",
  })),
  "pairAnalyses.get": row(READ, (world) => ({ id: world.analysisId })),
  "pairAnalyses.series": row(READ, (world) => ({ id: world.analysisId, points: 100 })),

  "datasets.list": row(SIGNED_IN),
  "datasets.get": row(READ, (world) => ({ id: world.datasetId })),
  "datasets.bars": row(READ, (world) => ({ versionId: world.datasetVersionId })),
  // Of instruments that it does not find it says so in its answer.
  "datasets.preview": row(SIGNED_IN, (world) => ({
    ...{ config: dataset(world), group: 0, feature: 0, window: null, points: 100 },
  })),
  "datasets.create": row(MAKE, (world) => ({ name: "New", config: dataset(world) })),
  "datasets.addVersion": row(CHANGE, (world) => ({
    id: world.datasetId,
    config: { ...dataset(world), pooling: "each" },
  })),
  "datasets.rename": row(CHANGE, (world) => ({ id: world.datasetId, name: "New" })),
  "datasets.delete": row(CHANGE, (world) => ({ id: world.datasetId })),
  "datasets.restore": row(CHANGE, (world) => ({ id: world.deletedDatasetId })),

  "learningRuns.start": row(CHANGE, (world) => ({
    ...{ datasetVersionId: world.datasetVersionId, name: "New", config: LEARNING_RUN },
  })),
  "learningRuns.list": row(SIGNED_IN, () => ({})),
  "learningRuns.get": row(READ, (world) => ({ id: world.runId })),
  "learningRuns.detail": row(READ, (world) => ({
    ...{ id: world.runId, model: "1", group: "pooled" },
  })),
  "learningRuns.rename": row(CHANGE, (world) => ({ id: world.runId, name: "New" })),
  "learningRuns.delete": row(CHANGE, (world) => ({ id: world.runId })),
  "learningRuns.restore": row(CHANGE, (world) => ({ id: world.deletedRunId })),

  "models.list": row(SIGNED_IN),
  "models.gates": row(SIGNED_IN),
  "models.gateBooks": row(READ, ({ modelVersionId }) => ({ modelVersionId, books: [[1, 2]] })),
  "models.get": row(READ, (world) => ({ id: world.modelId })),
  "models.register": row(CHANGE, ({ runId }) => ({
    ...{ runId, model: "1", group: "pooled", as: { kind: "new", name: "New", notes: "" } },
  })),
  // A file comes from outside: whoever may make things may bring one, and this is none.
  "models.import": row(
    {
      ...{
        anonymous: "UNAUTHORIZED",
        outsider: "UNSUPPORTED_MEDIA_TYPE",
        guest: "UNSUPPORTED_MEDIA_TYPE",
      },
      ...{ viewer: "FORBIDDEN", editor: "UNSUPPORTED_MEDIA_TYPE", owner: "UNSUPPORTED_MEDIA_TYPE" },
    },
    () => ({ name: "New", file: "{}" }),
  ),
  "models.move": row(CHANGE, (world) => ({
    ...{ id: world.modelId, version: 1, stage: "retired", reason: "" },
  })),
  "models.rollBack": row(CHANGE, (world) => ({ id: world.modelId, reason: "" })),
  // Of instruments that the model does not find it says so in its answer.
  "models.predict": row(READ, (world) => ({
    id: world.modelId,
    books: [[world.instrumentY, world.instrumentX]],
  })),
  "models.drift": row(READ, (world) => ({
    ...{ id: world.modelId, version: 2, book: [world.instrumentY, world.instrumentX] },
    window: DATA_WINDOW,
  })),
  "models.rename": row(CHANGE, (world) => ({ id: world.modelId, name: "New", notes: "" })),
  "models.delete": row(CHANGE, (world) => ({ id: world.modelId })),
  "models.restore": row(CHANGE, (world) => ({ id: world.deletedModelId })),

  "shares.create": row(CHANGE, (world) => ({
    backtestId: world.backtestId,
    label: "",
    lifetimeDays: null,
  })),
  "shares.createModel": row(CHANGE, (world) => ({
    modelVersionId: world.modelVersionId,
    label: "",
    lifetimeDays: null,
  })),
  "shares.list": row(SIGNED_IN),
  "shares.revoke": row(CHANGE, (world) => ({ id: world.shareId })),
  "shares.open": row(PUBLIC, (world) => ({ token: world.shareToken })),
  "shares.openModel": row(PUBLIC, (world) => ({ token: world.modelShareToken })),
  "shares.openTradeLegs": row(PUBLIC, (world) => ({ token: world.shareToken, trade: 0 })),
  "shares.openSeries": row(PUBLIC, (world) => ({
    token: world.shareToken,
    columns: ["equity"],
    points: 100,
  })),

  "shares.verify": row(PUBLIC, (world) => ({ token: world.shareToken })),
  "shares.verification": row(PUBLIC, (world) => ({ token: world.shareToken })),

  "watch.list": row(SIGNED_IN),
  "watch.get": row(READ, ({ watched }) => ({ id: watched.id })),
  // Instruments of a venue are common: anybody may watch them on a list of their own.
  "watch.add": row({ ...SIGNED_IN, viewer: "FORBIDDEN" }, ({ watched }) => ({
    instrumentY: watched.instrumentY,
    instrumentX: watched.instrumentX,
    preset: "default",
  })),
  "watch.remove": row(CHANGE, ({ watched }) => ({ id: watched.id })),
  "watch.reorder": row(CHANGE, ({ watched }) => ({ ids: [watched.id] })),
  "watch.setNotes": row(CHANGE, ({ watched }) => ({ id: watched.id, notes: "mine" })),
  "watch.retire": row(CHANGE, ({ watched }) => ({ id: watched.id, reason: "broken" })),
  "watch.restore": row(CHANGE, ({ watched }) => ({ id: watched.id })),

  "live.events": row(SIGNED_IN, () => ({})),
  "live.series": row(READ, ({ watched }) => ({ id: watched.id })),
  "live.miniBacktest": row(READ, ({ watched }) => ({ id: watched.id })),

  "alerts.options": row(SIGNED_IN),
  "alerts.rules": row(SIGNED_IN),
  "alerts.createRule": row(MAKE, ({ watched }) => pairRule(watched.id)),
  "alerts.updateRule": row(CHANGE, ({ watched, alerts }) => ({
    id: alerts.ruleId,
    rule: pairRule(watched.id, { threshold: 3 }),
  })),
  "alerts.enable": row(CHANGE, ({ alerts }) => ({ id: alerts.ruleId, isEnabled: false })),
  "alerts.deleteRule": row(CHANGE, ({ alerts }) => ({ id: alerts.ruleId })),
  "alerts.restoreRule": row(CHANGE, ({ alerts }) => ({ id: alerts.deletedRuleId })),
  "alerts.channels": row(SIGNED_IN),
  "alerts.createChannel": row({ ...SIGNED_IN, viewer: "FORBIDDEN" }, () => ({
    kind: "webhook",
    name: "Hook",
    url: "https://1.1.1.1/hook",
  })),
  "alerts.deleteChannel": row(CHANGE, ({ alerts }) => ({ id: alerts.channelId })),
  "alerts.testChannel": row(CHANGE, ({ alerts }) => ({ id: alerts.channelId })),
  "alerts.history": row(SIGNED_IN, () => ({})),
  "alerts.acknowledge": row(CHANGE, ({ alerts }) => ({ kind: "one", id: alerts.alertId })),
  "alerts.unacknowledgedCount": row(SIGNED_IN),
  "alerts.retryDelivery": row(CHANGE, ({ alerts }) => ({
    alertId: alerts.alertId,
    channelId: alerts.channelId,
  })),

  "jobs.active": row(SIGNED_IN),
  "jobs.list": row(SIGNED_IN),
  "jobs.get": row(READ, (world) => ({ id: world.jobId })),
  "jobs.cancel": row(CHANGE, (world) => ({ id: world.jobId })),
};

let test_: TestDatabase;
let database: Database;
beforeAll(async () => {
  test_ = await createTestDatabase();
  database = test_.database;
});
afterAll(() => test_.drop());

test("every procedure has a row, and every row a procedure", () => {
  expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
});

/**
 * A world and its owner's session. Making one takes longer than what is tested in it, so everything that is
 * to change nothing (queries, and calls that are refused) shares the first.
 */
type Scene = { subject: Subject; ownerSession: NonNullable<Context["session"]> };
let shared: Promise<Scene> | null = null;
const sharedSessions = new Map<Actor, Promise<Context["session"]>>();

async function createScene(): Promise<Scene> {
  const owner = await createPerson(database);
  const world = await createWorld(database, owner);
  const ownerSession = await signIn(database, owner);
  const watched = await watchNewPair(database, world.workspaceId);
  const alerts = await createAlertWorld(database, owner, watched.id);
  const subject = {
    ...{ ...world, watched, alerts, ownerSessionId: ownerSession.sessionId },
    modelShareToken: await shareModel(database, world),
  };
  return { subject, ownerSession };
}

const ProcedureKind = z.object({ type: z.enum(["query", "mutation", "subscription"]) });

function changesTheWorld(procedure: string, outcome: Outcome): boolean {
  // The router's type has its procedures as a tree, its record by their full names.
  const target: unknown = Reflect.get(appRouter._def.procedures, procedure);
  const { type } = ProcedureKind.parse(Reflect.get(Object(target), "_def"));
  return outcome === "ok" && type === "mutation";
}

async function sceneFor(procedure: string, actor: Actor, outcome: Outcome) {
  if (changesTheWorld(procedure, outcome)) {
    const { subject, ownerSession } = await createScene();
    return { subject, session: await sessionOf(actor, subject.workspaceId, ownerSession) };
  }
  shared ??= createScene();
  const { subject, ownerSession } = await shared;
  const session = sharedSessions.get(actor) ?? sessionOf(actor, subject.workspaceId, ownerSession);
  sharedSessions.set(actor, session);
  return { subject, session: await session };
}

describe.each(Object.entries(MATRIX))("%s", (procedure, { access, input }) => {
  test.each(ACTORS.map((actor) => ({ actor, outcome: access[actor] })))(
    "$actor: $outcome",
    async ({ actor, outcome }) => {
      const { subject, session } = await sceneFor(procedure, actor, outcome);
      const answer = await call(procedure, testContext(database, { session }), input(subject));
      expect(answer.outcome).toBe(outcome);
      const isStranger = actor === "outsider" || actor === "guest";
      // A list that a stranger may ask for is the stranger's own: nothing of this world is in it.
      if (isStranger && access !== PUBLIC) {
        const { workspaceId, scanId, strategyId, backtestId, optimisationId } = subject;
        const { studyId, jobId, watched, modelId, datasetId, runId } = subject;
        const ids = [workspaceId, scanId, strategyId, backtestId, optimisationId, studyId, jobId];
        const learned = [modelId, datasetId, runId];
        expect(answer.text).not.toMatch(new RegExp([...ids, watched.id, ...learned].join("|")));
      }
    },
  );
});

async function sessionOf(
  actor: Actor,
  workspaceId: string,
  ownerSession: NonNullable<Context["session"]>,
): Promise<Context["session"]> {
  switch (actor) {
    case "anonymous":
      return null;
    case "outsider":
      return signIn(database, await createPerson(database));
    case "guest":
      return signInGuest(database);
    case "viewer":
    case "editor":
      return signInMember(database, workspaceId, actor);
    case "owner":
      return ownerSession;
  }
}

async function call(
  procedure: string,
  context: Context,
  input: unknown,
): Promise<{ outcome: Outcome; text: string }> {
  let target: unknown = createCaller(context);
  for (const part of procedure.split(".")) target = Reflect.get(Object(target), part);
  if (typeof target !== "function") throw new Error(`${procedure} cannot be called`);
  try {
    const answer: unknown = await target(input);
    return { outcome: "ok", text: JSON.stringify(answer) ?? "" };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { outcome: error.code, text: error.message };
  }
}
