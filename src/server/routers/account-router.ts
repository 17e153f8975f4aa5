import { z } from "zod";
import { Password, SignUpInput } from "#contracts/account.ts";
import { AppError } from "#contracts/error-code.ts";
import { renameAccount } from "#db/accounts.ts";
import { deleteOtherSessions, deleteSession, sessionsOf } from "#db/sessions.ts";
import { changePassword } from "../auth/change-password.ts";
import { signUp } from "../auth/sign-up.ts";
import { limitedProcedure, memberProcedure, publicProcedure, router } from "../trpc.ts";

export const accountRouter = router({
  me: publicProcedure.query(({ ctx }) => ctx.session?.viewer ?? null),

  providers: publicProcedure.query(({ ctx: { env } }) => ({
    google: env.GOOGLE_CLIENT_ID !== undefined,
    github: env.GITHUB_CLIENT_ID !== undefined,
  })),

  signUp: limitedProcedure("sign-up-address")
    .input(SignUpInput)
    .mutation(async ({ ctx, input }) => {
      await signUp(ctx, input);
      return { ok: true as const };
    }),

  sessions: memberProcedure.query(({ ctx }) =>
    sessionsOf(ctx.database, ctx.viewer.userId, ctx.session.sessionId),
  ),

  revokeSession: memberProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(async ({ ctx, input }) => {
      const ended = await deleteSession(ctx.database, ctx.viewer.userId, input.id);
      if (!ended) throw new AppError("not-found", "There is no such session");
    }),

  revokeOtherSessions: memberProcedure.mutation(async ({ ctx }) => ({
    ended: await deleteOtherSessions(ctx.database, ctx.viewer.userId, ctx.session.sessionId),
  })),

  changePassword: memberProcedure
    .input(z.strictObject({ current: z.string().max(256), next: Password }))
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  rename: memberProcedure
    .input(SignUpInput.pick({ name: true }))
    .mutation(({ ctx, input }) => renameAccount(ctx.database, ctx.viewer.userId, input.name)),
});
