import type { Database, DatabaseClient } from "./client.ts";

/**
 * Runs statements as one transaction: committed when `body` returns, rolled back when it throws.
 *
 * @param body gets the client that holds the transaction
 * @returns what body returned, once committed
 */
export async function transaction<Result>(
  database: Database,
  body: (client: DatabaseClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await body(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that cannot roll back is not given back to the pool.
    await client.query("ROLLBACK").catch((cause: unknown) => {
      failure = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    client.release(failure);
  }
}
