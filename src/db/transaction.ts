import type { Pool, PoolClient } from "pg";

/** How a transaction can be left. */
export type TransactionOptions = {
  /**
   * Aborted when the result is no longer wanted: the transaction fails at once, without waiting for the
   * statement that runs. Its connection is closed, upon which the server rolls back.
   */
  readonly signal?: AbortSignal;
};

/**
 * Transaction: run statements that belong together; all of them count, or none.
 *
 * @param pool where the connection comes from
 * @param work gets the connection; what it returns is returned after the commit
 * @throws whatever `work` throws, after the rollback; the reason of the signal
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return within(pool, "begin", work, options);
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
  options: TransactionOptions = {},
): Promise<T> {
  return within(pool, "begin isolation level repeatable read, read only", work, options);
}

async function within<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<T>,
  { signal }: TransactionOptions,
): Promise<T> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  const left = Promise.withResolvers<never>();
  const leave = () => left.reject(signal?.reason);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted === true) leave();
  const run = async () => {
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  };
  // A connection in an unknown state is closed, not reused: it was left, or the rollback failed.
  let broken: Error | undefined;
  try {
    return await Promise.race([run(), left.promise]);
  } catch (error) {
    if (signal?.aborted === true) {
      broken = new Error("the transaction was left");
      throw signal.reason;
    }
    await client.query("rollback").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    signal?.removeEventListener("abort", leave);
    client.release(broken);
  }
}
