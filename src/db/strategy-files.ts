import { AppError } from "#contracts/error-code.ts";
import { NewStrategyConfig, type StrategyConfig, StrategyFile } from "#contracts/strategy.ts";
import type { Queryable } from "./client.ts";

/**
 * A strategy as a file. Instruments are named, and numbered in the order of the file: it has no id of a
 * workspace. One that the workspace may not see is named by its place alone.
 */
export async function strategyFile(
  client: Queryable,
  workspaceId: string,
  strategy: {
    readonly name: string;
    readonly notes: string;
    readonly tags: readonly string[];
    readonly config: StrategyConfig;
  },
): Promise<StrategyFile> {
  const ids = configInstruments(strategy.config);
  const { rows } = await client.query<{ id: number; symbol: string; venue: string }>(
    `select id, symbol, venue from instrument
      where id = any($1::int[]) and (workspace_id is null or workspace_id = $2)`,
    [ids, workspaceId],
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

/**
 * The strategy of a file, with the instruments of a workspace that have the same names.
 *
 * @throws {AppError} invalid-input on "file": its settings cannot be, or instruments are missing, by name
 */
export async function strategyFromFile(
  client: Queryable,
  workspaceId: string,
  { name, notes, tags, config: settings, instruments }: StrategyFile,
): Promise<{ name: string; notes: string; tags: string[]; config: StrategyConfig }> {
  const config = parsedConfig(settings);
  const used = configInstruments(config);
  const named = new Map(instruments.map((one) => [one.instrumentId, one]));
  const unnamed = used.find((id) => !named.has(id));
  if (unnamed !== undefined) {
    throw refusal(`The file does not say which instrument ${unnamed} is`);
  }
  const wanted = instruments.filter(({ instrumentId }) => used.includes(instrumentId));
  // One's own before a common one of the same name.
  const { rows } = await client.query<{ id: number; symbol: string; venue: string }>(
    `select distinct on (i.symbol, i.venue) i.id, i.symbol, i.venue
       from instrument i join unnest($2::text[], $3::text[]) wanted(symbol, venue)
         on wanted.symbol = i.symbol and wanted.venue = i.venue
      where i.workspace_id is null or i.workspace_id = $1
      order by i.symbol, i.venue, i.workspace_id nulls last, i.id`,
    [workspaceId, wanted.map(({ symbol }) => symbol), wanted.map(({ venue }) => venue)],
  );
  const own = new Map(rows.map((row) => [keyOf(row), row.id]));
  const missing = wanted.filter((one) => !own.has(keyOf(one)));
  if (missing.length > 0) throw refusal(missingText(missing));
  const idOf = (number: number): number => {
    const one = named.get(number);
    return (one === undefined ? undefined : own.get(keyOf(one))) ?? number;
  };
  // Two names of the file may be one instrument here.
  return { name, notes, tags, config: parsedConfig(renumbered(config, idOf)) };
}

const MISSING_SHOWN = 10;

function missingText(missing: readonly { symbol: string; venue: string }[]): string {
  const names = missing.slice(0, MISSING_SHOWN).map(({ symbol, venue }) => `${symbol} (${venue})`);
  const more = missing.length - names.length;
  const list = more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
  return `This workspace does not have ${list}`;
}

function keyOf({ symbol, venue }: { symbol: string; venue: string }): string {
  return JSON.stringify([symbol, venue]);
}

function parsedConfig(settings: unknown): StrategyConfig {
  const { data, error } = NewStrategyConfig.safeParse(settings);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  throw refusal(`The settings of the file cannot be used: ${place}: ${issue?.message ?? ""}`);
}

function refusal(message: string): AppError {
  return new AppError("invalid-input", message, { field: "file" });
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
