import { z } from "zod";
import { plainLine } from "./plain-text.ts";

export const Role = z.enum(["viewer", "editor", "owner"]);
export type Role = z.infer<typeof Role>;

/** Printable ASCII only: look-alike letters of other scripts must not make a second account of one name. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "Enter your e-mail address")
  .max(254)
  .regex(/^[!-~]+$/, "Use plain letters")
  .pipe(z.email("Enter an e-mail address"));

/** Length is what counts (ASVS 6.2): 8 at least, 15 advised, no composition rules. */
export const Password = z.string().min(8, "Use at least 8 characters").max(256);

export const SignUpInput = z.strictObject({
  name: plainLine(80).min(1, "Tell us what to call you"),
  email: Email,
  password: Password,
});
export type SignUpInput = z.infer<typeof SignUpInput>;

/** Who asks, and the workspace that they are in. */
export const Viewer = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  isGuest: z.boolean(),
  expiresAtMs: z.number().nullable(),
  workspaceId: z.uuid(),
  workspaceName: z.string(),
  role: Role,
});
export type Viewer = z.infer<typeof Viewer>;

export const SessionView = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  createdAtMs: z.number(),
  seenAtMs: z.number(),
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;
