import { z } from "zod";
import { InstrumentId } from "./instrument-id.ts";
import { IntervalMs, TimeWindow } from "./interval.ts";
import { JobView } from "./job.ts";
import { LegView } from "./leg-view.ts";
import { Manifest } from "./manifest.ts";

/** Bars of all instruments, if none had a gap: some hundreds of megabytes. */
const STUDY_BARS_MAX = 20_000_000;

/** The published strategies on pairs of one's own choice; windows are half-open, UTC ms. */
export const PublishedStudyConfig = z
  .strictObject({
    intervalMs: IntervalMs,
    formation: TimeWindow,
    trading: TimeWindow,
    /** The traditional strategy trades the most correlated pairs of these; gaps leave an instrument out. */
    instruments: z.array(InstrumentId).min(2, "Choose at least two instruments").max(500),
    /** Pairs of RLRT, [leg Y, leg X]: Y is regressed on X. */
    pairs: z
      .array(z.tuple([InstrumentId, InstrumentId]))
      .min(1, "Choose a pair")
      .max(100),
    traditionalPairs: z.number().int().min(1).max(100),
  })
  .check((ctx) => {
    const { pairs, instruments, formation, trading, intervalMs } = ctx.value;
    const refuse = (path: (string | number)[], message: string) =>
      ctx.issues.push({ code: "custom", path, message, input: ctx.value });
    const known = new Set(instruments);
    pairs.forEach(([y, x], place) => {
      if (y === x) refuse(["pairs", place], "The two legs must be different instruments");
      else if (!known.has(y) || !known.has(x)) {
        refuse(["pairs", place], "Both legs must be among the instruments");
      }
    });
    const spanMs = formation.endMs - formation.startMs + (trading.endMs - trading.startMs);
    if ((instruments.length * spanMs) / intervalMs > STUDY_BARS_MAX) {
      refuse(["instruments"], "Too many bars for one study: choose fewer, or a longer interval");
    }
    if (trading.startMs < formation.endMs) {
      refuse(["trading"], "Trading must start after the formation period has ended");
    }
  });
export type PublishedStudyConfig = z.infer<typeof PublishedStudyConfig>;

/** Fractions; null where nothing was traded, or all is lost. */
const Figures = z.object({
  totalReturn: z.number(),
  annualisedReturn: z.number().nullable(),
  sharpeRatio: z.number().nullable(),
  drawdownMax: z.number(),
});

const Run = z.object({
  figures: Figures,
  /** Budget over that before the first bar, one value a trading bar. */
  growth: z.array(z.number()),
});

/** Whether positions depend on bars after them. */
const Proof = z.object({
  isPassed: z.boolean(),
  cuts: z.number().int(),
  failedCuts: z.number().int(),
  /** The first difference: with the bars after `cutMs` taken away, the position at `barMs` is another. */
  first: z
    .object({ cutMs: z.number(), barMs: z.number(), whole: z.number(), prefix: z.number() })
    .nullable(),
});
export type StudyProof = z.infer<typeof Proof>;

/** RLRT as published, and one thing taken away after the other. */
export const StudyVariant = z.enum([
  "published",
  "published-costs",
  "frozen-line",
  "delayed",
  "hedged",
  "hedged-costs",
]);
export type StudyVariant = z.infer<typeof StudyVariant>;

const Share = z.number().nullable();

export const PublishedStudyResult = z.object({
  instruments: z.array(LegView),
  /** Symbols with a gap in one of the periods. */
  leftOut: z.array(z.string()),
  tradingTimeMs: z.array(z.number()),
  formationBars: z.number().int(),
  rlrt: z.array(
    z.object({
      y: z.number().int(),
      x: z.number().int(),
      runs: z.record(StudyVariant, Run),
      rSquaredMin: z.number(),
      accuracy: z.object({ published: Share, againstLast: Share }),
      engleGrangerPValue: z.object({ formation: Share, trading: Share }),
      proofs: z.object({ published: Proof, hedged: Proof }),
    }),
  ),
  traditional: z.array(
    z.object({ y: z.number().int(), x: z.number().int(), run: Run, proof: Proof }),
  ),
  refusals: z.array(z.object({ pair: z.string(), strategy: z.string(), reason: z.string() })),
  manifest: Manifest,
  durationMs: z.number(),
});
export type PublishedStudyResult = z.infer<typeof PublishedStudyResult>;

export const PublishedStudyView = z.object({
  id: z.uuid(),
  config: PublishedStudyConfig,
  synthetic: z.boolean(),
  result: PublishedStudyResult.nullable(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type PublishedStudyView = z.infer<typeof PublishedStudyView>;

/** A study in a list. */
export const PublishedStudyListItem = PublishedStudyView.omit({
  result: true,
  config: true,
}).extend({
  pairs: z.number().int(),
  trading: z.object({ startMs: z.number(), endMs: z.number() }),
});
export type PublishedStudyListItem = z.infer<typeof PublishedStudyListItem>;
