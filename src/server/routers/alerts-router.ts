import { z } from "zod";
import {
  AlertAcknowledgement,
  AlertChannelInput,
  AlertHistoryRequest,
  AlertRuleInput,
} from "#contracts/alert.ts";
import { alertChannelsOf, deleteAlertChannel, requestChannelTest } from "#db/alert-channels.ts";
import { retryAlertDelivery } from "#db/alert-deliveries.ts";
import {
  alertRulesOf,
  createAlertRule,
  deleteAlertRule,
  enableAlertRule,
  restoreAlertRule,
  updateAlertRule,
} from "#db/alert-rules.ts";
import { acknowledgeAlerts, alertHistory, unacknowledgedAlerts } from "#db/alerts.ts";
import { newAlertChannel } from "../new-alert-channel.ts";
import { type RateLimitRule, requireRateLimit } from "../rate-limit-rules.ts";
import { editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

/** Editor's procedure with a limit for the workspace. */
function limited(rule: RateLimitRule) {
  return editorProcedure.use(async ({ ctx, next }) => {
    await requireRateLimit(ctx.database, ctx.env, rule, ctx.workspaceId);
    return next();
  });
}

const ruleProcedure = limited("alert-rule-workspace");

export const alertsRouter = router({
  /** What this installation can do. */
  options: memberProcedure.query(({ ctx }) => ({
    email: ctx.env.SMTP_URL !== undefined && !ctx.viewer.isGuest,
  })),

  rules: memberProcedure.query(({ ctx }) => alertRulesOf(ctx.database, ctx.workspaceId)),

  createRule: ruleProcedure.input(AlertRuleInput).mutation(async ({ ctx, input }) => ({
    id: await createAlertRule(ctx.database, ctx.owner, input),
  })),

  updateRule: ruleProcedure
    .input(z.strictObject({ id: z.uuid(), rule: AlertRuleInput }))
    .mutation(({ ctx, input }) =>
      updateAlertRule(ctx.database, ctx.workspaceId, input.id, input.rule),
    ),

  enable: ruleProcedure
    .input(z.strictObject({ id: z.uuid(), isEnabled: z.boolean() }))
    .mutation(({ ctx, input }) =>
      enableAlertRule(ctx.database, ctx.workspaceId, input.id, input.isEnabled),
    ),

  deleteRule: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteAlertRule(ctx.database, ctx.workspaceId, input.id)),

  restoreRule: ruleProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreAlertRule(ctx.database, ctx.workspaceId, input.id)),

  channels: memberProcedure.query(({ ctx }) => alertChannelsOf(ctx.database, ctx.workspaceId)),

  createChannel: limited("alert-channel-workspace")
    .input(AlertChannelInput)
    .mutation(({ ctx, input }) => newAlertChannel(ctx, ctx.viewer, input)),

  deleteChannel: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteAlertChannel(ctx.database, ctx.workspaceId, input.id)),

  testChannel: limited("alert-test-workspace")
    .input(Id)
    .mutation(({ ctx, input }) => requestChannelTest(ctx.database, ctx.workspaceId, input.id)),

  history: memberProcedure
    .input(AlertHistoryRequest)
    .query(({ ctx, input }) => alertHistory(ctx.database, ctx.workspaceId, input)),

  acknowledge: editorProcedure.input(AlertAcknowledgement).mutation(async ({ ctx, input }) => ({
    count: await acknowledgeAlerts(ctx.database, ctx.owner, input),
  })),

  unacknowledgedCount: memberProcedure.query(({ ctx }) =>
    unacknowledgedAlerts(ctx.database, ctx.workspaceId),
  ),

  retryDelivery: limited("alert-retry-workspace")
    .input(z.strictObject({ alertId: z.uuid(), channelId: z.uuid() }))
    .mutation(({ ctx, input }) => retryAlertDelivery(ctx.database, ctx.workspaceId, input)),
});
