import { z } from "zod";
import { TimeWindow } from "#contracts/interval.ts";
import {
  type SuggestedChange,
  SuggestedPair,
  type UniverseSuggestions,
} from "#contracts/suggested-pairs.ts";
import type { Database } from "./client.ts";

/** Pairs that are listed of one universe, and as many that are gone. */
const PAIRS_MAX = 12;

/** Universes that are listed, those scanned last first. */
const UNIVERSES_MAX = 20;

const ListedPair = SuggestedPair.extend({ passedBefore: z.boolean() });

type SuggestionRow = Omit<
  UniverseSuggestions,
  "scannedAtMs" | "previousScannedAtMs" | "formation" | "previousFormation" | "pairs" | "gone"
> & {
  scannedAt: Date;
  previousScannedAt: Date | null;
  formation: unknown;
  previousFormation: unknown;
  pairs: unknown;
  gone: unknown;
};

/** Whether a pair is a find of its scan: it went through the funnel, or survived the correction without one. */
function passes(pair: string, scan: string): string {
  return `(case when ${pair}.stage is null
                then ${pair}.q_value < (${scan}.config ->> 'significance')::float8
                else ${pair}.stage = 'passed' end)`;
}

/** What a pair is compared by: its q-value, or the p-value that was judged where nothing was corrected. */
function scoreOf(pair: string): string {
  return `coalesce(${pair}.q_value, ${pair}.p_value)`;
}

const PAIR_JSON = (
  pair: string,
  scored: string,
  previous: string,
  passed: string,
) => `jsonb_build_object(
  'instrumentY', ${pair}.instrument_y, 'instrumentX', ${pair}.instrument_x,
  'symbolY', coalesce(y.symbol, '#' || ${pair}.instrument_y),
  'symbolX', coalesce(x.symbol, '#' || ${pair}.instrument_x),
  'hedgeRatio', ${pair}.hedge_ratio, 'halfLifeBars', ${pair}.half_life_bars,
  'correlation', ${pair}.correlation, 'score', ${scored}, 'previousScore', ${previous},
  'passedBefore', ${passed})`;

/** The same two instruments, whichever is leg Y. */
const OTHER_SCAN = (pair: string, other: string, scanId: string) => `
  left join scan_pair ${other} on ${other}.scan_id = ${scanId}
   and (${other}.instrument_y, ${other}.instrument_x) in
       ((${pair}.instrument_y, ${pair}.instrument_x), (${pair}.instrument_x, ${pair}.instrument_y))`;

const SYMBOLS = (pair: string) => `
  left join instrument y on y.id = ${pair}.instrument_y
  left join instrument x on x.id = ${pair}.instrument_x`;

const SUGGESTIONS = `
  with finished as (
    select s.*, row_number() over (partition by s.universe_id order by s.created_at desc, s.id) n
      from scan s
     where s.workspace_id = $1 and s.deleted_at is null and s.summary is not null)
  select u.id as "universeId", u.name as "universeName", l.interval_ms as "intervalMs",
         l.id as "scanId", l.created_at as "scannedAt",
         b.id as "previousScanId", b.created_at as "previousScannedAt",
         l.config -> 'formation' as formation, b.config -> 'formation' as "previousFormation",
         coalesce(l.config - 'formation' = b.config - 'formation', true) as "sameOptions",
         (select count(*)::int from scan_pair p where p.scan_id = l.id and ${passes("p", "l")})
           as "passedCount",
         (select coalesce(jsonb_agg(best.pair order by best.score nulls last), '[]') from (
            select ${PAIR_JSON("p", scoreOf("p"), scoreOf("q"), `${passes("q", "b")} is true`)} as pair, ${scoreOf("p")} as score
              from scan_pair p ${OTHER_SCAN("p", "q", "b.id")} ${SYMBOLS("p")}
             where p.scan_id = l.id and ${passes("p", "l")}
             order by ${scoreOf("p")} nulls last, p.instrument_y, p.instrument_x
             limit ${PAIRS_MAX}) best) as pairs,
         (select coalesce(jsonb_agg(lost.pair order by lost.score nulls last), '[]') from (
            select ${PAIR_JSON("q", scoreOf("p"), scoreOf("q"), "true")} as pair, ${scoreOf("q")} as score
              from scan_pair q ${OTHER_SCAN("q", "p", "l.id")} ${SYMBOLS("q")}
             where q.scan_id = b.id and ${passes("q", "b")}
               and ${passes("p", "l")} is not true
             order by ${scoreOf("q")} nulls last, q.instrument_y, q.instrument_x
             limit ${PAIRS_MAX}) lost) as gone
    from finished l
    join universe u on u.id = l.universe_id and u.deleted_at is null
    left join lateral (
         select * from finished f
          where f.universe_id = l.universe_id and f.n > 1
            and coalesce((f.summary ->> 'testedCount')::int, 1) > 0
          order by f.n limit 1) b on true
   where l.n = 1
   order by l.created_at desc limit ${UNIVERSES_MAX}`;

/**
 * Suggested pairs: the best of the latest finished scan of each universe, and what changed since the last
 * one before in which any pair could be tested: beside one without tests everything would be new.
 */
export async function suggestedPairsOf(
  database: Database,
  workspaceId: string,
): Promise<UniverseSuggestions[]> {
  const { rows } = await database.pool.query<SuggestionRow>(SUGGESTIONS, [workspaceId]);
  return rows.map(
    ({ scannedAt, previousScannedAt, formation, previousFormation, pairs, gone, ...row }) => ({
      ...row,
      formation: TimeWindow.parse(formation),
      previousFormation: TimeWindow.nullable().parse(previousFormation),
      scannedAtMs: scannedAt.getTime(),
      previousScannedAtMs: previousScannedAt?.getTime() ?? null,
      pairs: ListedPair.array()
        .parse(pairs)
        .map(({ passedBefore, ...pair }) => ({
          ...pair,
          change: row.previousScanId === null ? null : changeOf(pair, passedBefore),
        })),
      gone: SuggestedPair.array().parse(gone),
    }),
  );
}

/** Scores below this are as good as each other: more digits of a p-value would pretend. */
const SCORE_FLOOR = 0.0001;

function changeOf({ score, previousScore }: SuggestedPair, passedBefore: boolean): SuggestedChange {
  if (!passedBefore || previousScore === null || score === null) return "new";
  const now = Math.max(score, SCORE_FLOOR);
  const before = Math.max(previousScore, SCORE_FLOOR);
  if (now === before) return "same";
  return now < before ? "better" : "worse";
}
