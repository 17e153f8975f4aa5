import { AppError } from "#contracts/error-code.ts";
import { alignMarketBars } from "#quant/backtest/market-bars.ts";
import {
  PUBLISHED_MODELS,
  type PublishedModel,
} from "#quant/learning/models/published-comparison.ts";
import type { PublishedPair, PublishedPart } from "../compute/published-learning.ts";
import type { LearningJob } from "./learning-run.ts";
import { publishedWarnings } from "./published-warnings.ts";
import type { LearnedSummary } from "./train-models.ts";

const MODELS = Object.keys(PUBLISHED_MODELS).filter(
  (name): name is PublishedModel => name in PUBLISHED_MODELS,
);

/** Repeats the published comparison of forecasting models on the pairs of a dataset. */
export async function runPublishedComparison({
  context,
  task,
  market,
  parts,
  store,
}: LearningJob): Promise<LearnedSummary> {
  const { dataset, config } = task;
  const { signal, compute } = context;
  const { seed } = config;
  const pairs = dataset.books.map((book, place) => pairOf(market, book, place));
  const { told } = await parts<PublishedPart, PublishedPart>(
    pairs.flatMap((pair) =>
      MODELS.map((model) => ({
        id: `${pair.key}/${model}`,
        stage: `${PUBLISHED_MODELS[model]} on ${pair.label}`,
        work: () => compute.run("train-published", { pair, model, seed }, { signal }),
      })),
    ),
    {
      toldOf: (part) => part,
      liveOf: (finished) => ({
        partsDone: finished.size,
        parts: pairs.length * MODELS.length,
        trials: 0,
        searches: [],
        best: bestSoFar(finished),
      }),
    },
  );
  context.progress(0.9, "Judging the models");
  const judged = await compute.run("judge-published", { pairs, parts: told, seed }, { signal });
  const rows = (pair: PublishedPair) => pair.openTimeMs.length;
  const testFrom = (pair: PublishedPair) => Math.floor(0.8 * rows(pair));
  const [first] = pairs;
  const timeOf = (bar: number) => first?.openTimeMs[bar] ?? 0;
  for (const one of judged.details) await store({ ...one, trials: [], file: null });
  return {
    task: "regression",
    classes: [],
    loss: "squared-error",
    models: MODELS.map((key) => ({
      key,
      kind: key,
      label: PUBLISHED_MODELS[key],
      isBaseline: key === "last-value",
      parameters: {},
    })),
    groups: pairs.map((pair, place) => ({
      key: pair.key,
      label: pair.label,
      books: [
        (dataset.books[place] ?? []).flatMap(
          (id) => market.legs.find(({ instrumentId }) => instrumentId === id) ?? [],
        ),
      ],
      rows: rows(pair),
      testRows: rows(pair) - testFrom(pair),
    })),
    results: judged.results,
    folds:
      first === undefined
        ? []
        : [
            {
              trainingStartMs: timeOf(0),
              trainingEndMs: timeOf(testFrom(first) - 1),
              testStartMs: timeOf(testFrom(first)),
              testEndMs: timeOf(rows(first) - 1),
              trainingRows: testFrom(first),
              testRows: rows(first) - testFrom(first),
              purgedRows: 0,
            },
          ],
    warnings: publishedWarnings(judged.results),
    trials: 0,
  };
}

function pairOf(
  market: LearningJob["market"],
  book: readonly number[],
  place: number,
): PublishedPair {
  const series = book.flatMap((id) => {
    const leg = market.legs.findIndex(({ instrumentId }) => instrumentId === id);
    return market.series[leg] ?? [];
  });
  const [y, x] = book.map((id) => market.legs.find(({ instrumentId }) => instrumentId === id));
  if (series.length !== 2 || y === undefined || x === undefined) {
    throw new AppError("invalid-input", "The published comparison is of pairs", { field: "books" });
  }
  const { openTimeMs, instruments } = alignMarketBars(series);
  const [closesY, closesX] = instruments.map(({ close }) => close);
  const common = Array.from(openTimeMs.keys()).filter(
    (bar) => Number.isFinite(closesY?.[bar]) && Number.isFinite(closesX?.[bar]),
  );
  const at = (column: Float64Array | undefined) =>
    Float64Array.from(common, (bar) => column?.[bar] ?? Number.NaN);
  return {
    key: String(place),
    label: `${y.symbol} / ${x.symbol}`,
    openTimeMs: at(openTimeMs),
    y: at(closesY),
    x: at(closesX),
  };
}

function bestSoFar(finished: ReadonlyMap<string, PublishedPart>) {
  return MODELS.flatMap((model) => {
    const losses = [...finished].flatMap(([id, part]) =>
      id.endsWith(`/${model}`) && part.kind === "forecast" ? [part.forecast.meanSquaredError] : [],
    );
    if (losses.length === 0) return [];
    const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
    return [{ label: PUBLISHED_MODELS[model], loss, folds: losses.length }];
  }).toSorted((a, b) => a.loss - b.loss);
}
