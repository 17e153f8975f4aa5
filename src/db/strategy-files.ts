import { type StrategyConfig, StrategyFile } from "#contracts/strategy.ts";
import type { Queryable } from "./client.ts";

/**
 * A strategy as a file. Instruments are named, and numbered in the order of the file: it has no id of a
 * workspace.
 */
export async function strategyFile(
  client: Queryable,
  strategy: {
    readonly name: string;
    readonly notes: string;
    readonly tags: readonly string[];
    readonly config: StrategyConfig;
  },
): Promise<StrategyFile> {
  const ids = configInstruments(strategy.config);
  const { rows } = await client.query<{ id: number; symbol: string; venue: string }>(
    "select id, symbol, venue from instrument where id = any($1::int[])",
    [ids],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const places = new Map(ids.map((id, place) => [id, place + 1]));
  return StrategyFile.parse({
    format: "pairdesk-strategy",
    version: 1,
    name: strategy.name,
    notes: strategy.notes,
    tags: strategy.tags,
    config: renumbered(strategy.config, (id) => places.get(id) ?? id),
    instruments: ids.map((id, place) => {
      const { symbol, venue } = known.get(id) ?? { symbol: `#${place + 1}`, venue: "" };
      return { instrumentId: place + 1, symbol, venue };
    }),
  });
}

/** Every instrument that a configuration names, each once, those of the books first. */
export function configInstruments(config: StrategyConfig): number[] {
  const ids: number[] = [];
  renumbered(config, (id) => {
    ids.push(id);
    return id;
  });
  return [...new Set(ids)];
}

/** A configuration with other numbers of its instruments. */
export function renumbered(
  config: StrategyConfig,
  numberOf: (instrumentId: number) => number,
): StrategyConfig {
  const { costs, benchmarkInstrument } = config;
  const { funding, dividends } = costs;
  const named = <Row extends { instrumentId: number }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, instrumentId: numberOf(row.instrumentId) }));
  return {
    ...config,
    books: config.books.map((book) => book.map(numberOf)),
    benchmarkInstrument: benchmarkInstrument === null ? null : numberOf(benchmarkInstrument),
    costs: {
      ...costs,
      funding: funding?.kind === "series" ? { ...funding, rates: named(funding.rates) } : funding,
      dividends: named(dividends),
    },
  };
}
