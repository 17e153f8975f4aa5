import { z } from "zod";
import type { AlertSubject } from "#contracts/alert.ts";
import type { AlertCondition, AlertState } from "#quant/alerts/alert-rule.ts";
import {
  StoredRule,
  SUBJECT_COLUMNS,
  SUBJECT_JOINS,
  SubjectRow,
  subjectOf,
} from "./alert-subjects.ts";
import type { Database } from "./client.ts";

/** A rule that is on, as those keep it who look at what it is about. */
export type KeptRule = {
  readonly id: string;
  readonly workspaceId: string;
  /** When a person last changed it, UTC ms. */
  readonly version: number;
  readonly subject: AlertSubject;
  readonly subjectTitle: string;
  /** Whether a program generated the prices that it is about. */
  readonly synthetic: boolean;
  /** What its pair is computed as; null when it is no pair rule. */
  readonly livePairId: string | null;
  readonly condition: AlertCondition;
  readonly state: AlertState;
  /** How many alerts it has raised. */
  readonly crossing: number;
  readonly cursor: number | null;
};

const KeptRow = SubjectRow.extend({
  id: z.uuid(),
  workspaceId: z.uuid(),
  version: z.date(),
  config: StoredRule,
  phase: z.enum(["armed", "raised"]),
  crossing: z.number(),
  cursor: z.number().nullable(),
  lastFiredAt: z.date().nullable(),
});

/**
 * Rules of a kind that are on and whose subject is there, with the state of their machines.
 *
 * @param kind "pair": on live pairs; "feed": on instruments of a venue
 */
export async function keptAlertRules(
  database: Database,
  kind: "pair" | "feed",
): Promise<KeptRule[]> {
  const { rows } = await database.pool.query(
    `select r.id, r.workspace_id as "workspaceId", r.updated_at as version, r.config,
            r.state as phase, r.crossing::float8 as crossing, r.cursor::float8 as cursor,
            r.last_fired_at as "lastFiredAt", ${SUBJECT_COLUMNS}
       from alert_rule r ${SUBJECT_JOINS}
      where r.is_enabled and r.deleted_at is null and r.config -> 'subject' ->> 'kind' = $1
        and coalesce(pair.id::text, instrument.id::text) is not null
      order by r.created_at, r.id`,
    [kind],
  );
  return rows.map((row) => toKeptRule(KeptRow.parse(row)));
}

function toKeptRule(row: z.infer<typeof KeptRow>): KeptRule {
  const { operator, threshold, hysteresis, cooldownMs } = row.config;
  const { subject, subjectTitle } = subjectOf(row.config.subject, row);
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    version: row.version.getTime(),
    subject,
    subjectTitle,
    synthetic: row.synthetic,
    livePairId: row.livePairId,
    condition: { operator, threshold, hysteresis, cooldownMs },
    state: { phase: row.phase, lastFiredMs: row.lastFiredAt?.getTime() ?? null },
    crossing: row.crossing,
    cursor: row.cursor,
  };
}
