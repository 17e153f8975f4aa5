import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { AppError } from "#contracts/error-code.ts";
import type { Database } from "./client.ts";
import { inTransaction } from "./transaction.ts";

/** A person and the workspace that they enter when they sign in. */
export type AccountHome = { userId: string; workspaceId: string };

/** What a password sign-in needs to know; passwordHash is null for accounts of Google or GitHub. */
export type AccountCredentials = AccountHome & { passwordHash: string | null };

const UNIQUE_VIOLATION = "23505";

/**
 * New account: a person with a workspace of their own, which they own.
 *
 * @param account.email lower-case address, or null where none is proven
 * @param account.passwordHash PHC string, or null for accounts of Google or GitHub
 * @throws {AppError} conflict on "email" when the address is taken
 */
export async function createAccount(
  database: Database,
  account: { name: string; email: string | null; passwordHash: string | null },
): Promise<AccountHome> {
  return inTransaction(database.pool, (client) => insertAccount(client, account));
}

/**
 * Account of an OAuth identity: the one that it opened before, or a new one.
 *
 * An account with the same e-mail address is never joined by itself: whoever controls an address at a
 * provider would otherwise walk into the account of whoever typed that address here first.
 *
 * @param identity.email a proven address or null; kept only when it is still free
 * @param identity.mayCreate false: an unknown identity is refused
 * @returns null when the identity is unknown and may not be created
 */
export async function accountOfIdentity(
  database: Database,
  identity: {
    provider: string;
    providerAccountId: string;
    name: string;
    email: string | null;
    mayCreate: boolean;
  },
): Promise<AccountHome | null> {
  return inTransaction(database.pool, async (client) => {
    // Two first sign-ins at once must not make two accounts.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `${identity.provider}:${identity.providerAccountId}`,
    ]);
    const known = await client.query<AccountHome>(
      `select m.user_id as "userId", m.workspace_id as "workspaceId"
         from oauth_account o join membership m on m.user_id = o.user_id
        where o.provider = $1 and o.provider_account_id = $2
        order by (m.role = 'owner') desc, m.workspace_id limit 1`,
      [identity.provider, identity.providerAccountId],
    );
    if (known.rows[0] !== undefined) return known.rows[0];
    if (!identity.mayCreate) return null;
    const home = await insertAccount(client, {
      name: identity.name,
      email: await freeEmail(client, identity.email),
      passwordHash: null,
    });
    await client.query(
      "insert into oauth_account (provider, provider_account_id, user_id) values ($1, $2, $3)",
      [identity.provider, identity.providerAccountId, home.userId],
    );
    return home;
  });
}

/** Credentials of an e-mail address; null when nobody has it. */
export async function credentialsOf(
  database: Database,
  email: string,
): Promise<AccountCredentials | null> {
  const { rows } = await database.pool.query<AccountCredentials>(
    `select u.id as "userId", m.workspace_id as "workspaceId", u.password_hash as "passwordHash"
       from user_account u join membership m on m.user_id = u.id
      where u.email = $1 and not u.is_guest
      order by (m.role = 'owner') desc, m.workspace_id limit 1`,
    [email],
  );
  return rows[0] ?? null;
}

/** Password hash of a person; null when they have none. */
export async function passwordHashOf(database: Database, userId: string): Promise<string | null> {
  const user = await database.prisma.user.findUnique({
    where: { id: userId },
    select: { passwordHash: true },
  });
  return user?.passwordHash ?? null;
}

/** What a person is called; "" when they are gone. */
export async function personName(database: Database, userId: string): Promise<string> {
  const user = await database.prisma.user.findUnique({
    where: { id: userId },
    select: { name: true },
  });
  return user?.name ?? "";
}

/** Store a new password hash (PHC string). */
export async function storePasswordHash(
  database: Database,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await database.prisma.user.update({
    where: { id: userId },
    data: { passwordHash },
    select: { id: true },
  });
}

/** Change what a person is called. */
export async function renameAccount(
  database: Database,
  userId: string,
  name: string,
): Promise<void> {
  await database.prisma.user.update({
    where: { id: userId },
    data: { name },
    select: { id: true },
  });
}

async function insertAccount(
  client: PoolClient,
  account: { name: string; email: string | null; passwordHash: string | null },
): Promise<AccountHome> {
  const home = { userId: randomUUID(), workspaceId: randomUUID() };
  try {
    await client.query(
      "insert into user_account (id, email, name, password_hash) values ($1, $2, $3, $4)",
      [home.userId, account.email, account.name, account.passwordHash],
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) {
      throw new AppError("conflict", "There is an account with this e-mail address", {
        field: "email",
        cause: error,
      });
    }
    throw error;
  }
  await client.query("insert into workspace (id, name) values ($1, $2)", [
    home.workspaceId,
    `${account.name}'s workspace`,
  ]);
  await client.query(
    "insert into membership (user_id, workspace_id, role) values ($1, $2, 'owner')",
    [home.userId, home.workspaceId],
  );
  return home;
}

async function freeEmail(client: PoolClient, email: string | null): Promise<string | null> {
  if (email === null) return null;
  const taken = await client.query("select 1 from user_account where email = $1", [email]);
  return taken.rowCount === 0 ? email : null;
}
