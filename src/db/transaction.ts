import type { Pool, PoolClient } from "pg";

/**
 * Transaction: run statements that belong together; all of them count, or none.
 *
 * @param pool where the connection comes from
 * @param work gets the connection; what it returns is returned after the commit
 * @throws whatever `work` throws, after the rollback
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return within(pool, "begin", work);
}

/**
 * Snapshot: read what belongs together as it was at one moment, whatever others write meanwhile.
 *
 * @param pool where the connection comes from
 * @param work gets the connection, on which it can only read
 * @returns what `work` returns
 */
export async function inSnapshot<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return within(pool, "begin isolation level repeatable read, read only", work);
}

async function within<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // A connection on which the rollback fails is in an unknown state: it is closed, not reused.
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
