import { InvalidInputError } from "../../invalid-input-error.ts";
import { type FeatureTable, requireTable } from "../training-data.ts";
import type { NeighboursModel } from "./neighbours-model.ts";

/** Nearest training rows of queries, the nearest first. */
export type NearestRows = {
  /** queries × k, row-major: indices into the rows of the model. */
  readonly rows: Int32Array;
  /** Their squared Euclidean distances, ascending. */
  readonly squaredDistances: Float64Array;
};

/** Queries that read a row together. */
const TILE = 4;
/** Rows that all queries read before the next ones: they stay in a core's own cache. */
const BLOCK_ROWS = 512;
/** Features between two looks at whether a row is out of the race. */
const STRIDE = 8;

/**
 * Nearest training rows of each row of a table.
 *
 * Distances are summed feature by feature, and given up once they reach the largest that still counts:
 * sums of squares only grow, so that this changes no answer. Among rows at the same distance the earlier
 * one is the nearer.
 *
 * @param model of trainNeighbours
 * @param table q rows without gaps, with the features of the training in their order
 * @param onProgress told the share done; throws to cancel
 * @returns rows and distances; see NearestRows
 * @throws {InvalidInputError} "length-mismatch", "not-finite"; "out-of-range": distances whose squares
 *   exceed the largest number
 *
 * Cost: O(q · rows · columns); no memory but the result and the queries.
 */
export function nearestRows(
  model: NeighboursModel,
  table: FeatureTable,
  onProgress?: (share: number) => void,
): NearestRows {
  requireTable(table, { missing: false });
  if (table.columns.length !== model.featureCount) {
    throw new InvalidInputError(
      "length-mismatch",
      `the model has ${model.featureCount} features, the rows have ${table.columns.length}`,
    );
  }
  const search = createSearch(model, table);
  const blocks = Math.ceil(model.rowCount / BLOCK_ROWS);
  for (let block = 0; block < blocks; block++) {
    const to = Math.min((block + 1) * BLOCK_ROWS, model.rowCount);
    for (let query = 0; query < table.rowCount; query += TILE) {
      scanRows(search, query, { from: block * BLOCK_ROWS, to });
      if (query % (64 * TILE) === 0) onProgress?.((block + query / table.rowCount) / blocks);
    }
  }
  onProgress?.(1);
  const found = table.rowCount * model.neighbours;
  const rows = search.rows.subarray(0, found);
  const squaredDistances = search.squaredDistances.subarray(0, found);
  if (squaredDistances.includes(Number.POSITIVE_INFINITY)) {
    throw new InvalidInputError("out-of-range", "the rows are too far apart to be compared");
  }
  return { rows, squaredDistances };
}

type Search = {
  readonly model: NeighboursModel;
  /** Queries in groups of TILE, the values of one feature side by side; the last group may be empty. */
  readonly queries: Float64Array;
  readonly rows: Int32Array;
  readonly squaredDistances: Float64Array;
};

function createSearch(model: NeighboursModel, { columns, rowCount }: FeatureTable): Search {
  const padded = Math.ceil(rowCount / TILE) * TILE;
  // Nothing is nearer than 0: the empty places of the last group take part in no race.
  const squaredDistances = new Float64Array(padded * model.neighbours);
  squaredDistances.fill(Number.POSITIVE_INFINITY, 0, rowCount * model.neighbours);
  const queries = new Float64Array(padded * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < rowCount; i++) {
      const place = i % TILE;
      queries[(i - place) * columns.length + j * TILE + place] = column[i]!;
    }
  });
  return {
    model,
    queries,
    rows: new Int32Array(padded * model.neighbours),
    squaredDistances,
  };
}

/** Looks at some rows for the queries query … query + TILE − 1. */
function scanRows(
  search: Search,
  query: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const { model, queries, squaredDistances } = search;
  const { rows, featureCount, neighbours } = model;
  const start = query * featureCount;
  const worst = (query + 1) * neighbours - 1;
  for (let row = from; row < to; row++) {
    const own = row * featureCount;
    const worst0 = squaredDistances[worst]!;
    const worst1 = squaredDistances[worst + neighbours]!;
    const worst2 = squaredDistances[worst + 2 * neighbours]!;
    const worst3 = squaredDistances[worst + 3 * neighbours]!;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let isNear = true;
    for (let j = 0; j < featureCount && isNear; ) {
      const end = Math.min(j + STRIDE, featureCount);
      for (; j < end; j++) {
        const value = rows[own + j]!;
        const place = start + j * TILE;
        const d0 = value - queries[place]!;
        const d1 = value - queries[place + 1]!;
        const d2 = value - queries[place + 2]!;
        const d3 = value - queries[place + 3]!;
        s0 += d0 * d0;
        s1 += d1 * d1;
        s2 += d2 * d2;
        s3 += d3 * d3;
      }
      isNear = s0 < worst0 || s1 < worst1 || s2 < worst2 || s3 < worst3;
    }
    if (!isNear) continue;
    if (s0 < worst0) insert(search, query, row, s0);
    if (s1 < worst1) insert(search, query + 1, row, s1);
    if (s2 < worst2) insert(search, query + 2, row, s2);
    if (s3 < worst3) insert(search, query + 3, row, s3);
  }
}

/** Behind all that are not farther: rows come in their order, so that the earlier one stays nearer. */
function insert(search: Search, query: number, row: number, squaredDistance: number): void {
  const { rows, squaredDistances, model } = search;
  const first = query * model.neighbours;
  let place = first + model.neighbours - 1;
  while (place > first && squaredDistances[place - 1]! > squaredDistance) {
    squaredDistances[place] = squaredDistances[place - 1]!;
    rows[place] = rows[place - 1]!;
    place--;
  }
  squaredDistances[place] = squaredDistance;
  rows[place] = row;
}
