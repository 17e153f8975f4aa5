import { z } from "zod";
import { parseKeyring } from "./secret-box.ts";

/** SECRETS_KEY of an environment, read into a keyring; null when it is not set. */
export const SecretsKey = z
  .string()
  .optional()
  .transform((text, ctx) => {
    if (text === undefined || text === "") return null;
    try {
      return parseKeyring(text);
    } catch {
      // The error is the same whatever is wrong, and must not repeat the value.
      ctx.addIssue({
        code: "custom",
        message: "must be 32 bytes in base64 (openssl rand -base64 32)",
      });
      return z.NEVER;
    }
  });
