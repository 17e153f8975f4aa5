import type { SignUpInput } from "#contracts/account.ts";
import { AppError } from "#contracts/error-code.ts";
import { type AccountHome, createAccount } from "#db/accounts.ts";
import type { Context } from "../context.ts";
import { obviousPassword } from "./obvious-password.ts";
import { hashPassword } from "./password.ts";

/**
 * New account with a password. The browser signs in with it afterwards.
 *
 * @throws {AppError} forbidden when sign-up is closed; invalid-input on "password"; conflict on "email"
 */
export async function signUp(
  { database, env }: Pick<Context, "database" | "env">,
  { name, email, password }: SignUpInput,
): Promise<AccountHome> {
  if (env.SIGN_UP === "closed") throw new AppError("forbidden", "Sign-up is closed");
  const fault = obviousPassword(password, { email, name });
  if (fault !== null) throw new AppError("invalid-input", fault, { field: "password" });
  return createAccount(database, { name, email, passwordHash: await hashPassword(password) });
}
