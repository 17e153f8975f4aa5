import { z } from "zod";
import type { Queryable } from "./client.ts";

const GroupRow = z.object({ id: z.number(), group: z.string() });

/** Groups of instruments by id, such as a sector; an instrument without one is absent. */
export async function instrumentGroups(
  client: Queryable,
  instrumentIds: readonly number[],
): Promise<Map<number, string>> {
  const { rows } = await client.query(
    `SELECT id, "group" FROM instrument WHERE id = ANY($1) AND "group" <> ''`,
    [instrumentIds],
  );
  return new Map(rows.map((row) => GroupRow.parse(row)).map(({ id, group }) => [id, group]));
}
