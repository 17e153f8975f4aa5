import { InvalidInputError } from "../../invalid-input-error.ts";
import type { FeatureTable } from "../training-data.ts";
import { type NearestRows, nearestRows } from "./nearest-rows.ts";
import type { NeighboursModel } from "./neighbours-model.ts";

/**
 * Probabilities of classes by the votes of the nearest rows.
 *
 * A vote counts the weight of its row, over its distance if the model says so; rows at distance 0, if
 * there are any, then vote alone. Whoever takes the first largest of equal probabilities takes the
 * smallest class, as scikit-learn does.
 *
 * @param model of trainNeighbours, of classes
 * @param table q rows without gaps, with the features of the training in their order
 * @param onProgress told the share done; throws to cancel
 * @returns q × classCount, row-major
 * @throws {InvalidInputError} "out-of-range": a model of numbers; "length-mismatch", "not-finite"
 *
 * Cost: that of nearestRows.
 */
export function neighboursProbabilities(
  model: NeighboursModel,
  table: FeatureTable,
  onProgress?: (share: number) => void,
): Float64Array {
  const { classCount, neighbours, target } = model;
  if (classCount === 0) {
    throw new InvalidInputError("out-of-range", "the neighbours have numbers, not classes");
  }
  const nearest = nearestRows(model, table, onProgress);
  const votes = new Float64Array(neighbours);
  const probabilities = new Float64Array(table.rowCount * classCount);
  for (let query = 0; query < table.rowCount; query++) {
    const total = fillVotes(votes, model, nearest, query);
    for (let k = 0; k < neighbours; k++) {
      const row = nearest.rows[query * neighbours + k]!;
      probabilities[query * classCount + target[row]!]! += votes[k]!;
    }
    for (let c = 0; c < classCount; c++) probabilities[query * classCount + c]! /= total;
  }
  return probabilities;
}

/**
 * Mean of the answers of the nearest rows, each with the vote that neighboursProbabilities has.
 *
 * @param model of trainNeighbours, of numbers
 * @param table q rows without gaps, with the features of the training in their order
 * @param onProgress told the share done; throws to cancel
 * @returns one a row, in the unit of the target
 * @throws {InvalidInputError} "out-of-range": a model of classes; "length-mismatch", "not-finite"
 *
 * Cost: that of nearestRows.
 */
export function neighboursPredictions(
  model: NeighboursModel,
  table: FeatureTable,
  onProgress?: (share: number) => void,
): Float64Array {
  const { classCount, neighbours, target } = model;
  if (classCount !== 0) {
    throw new InvalidInputError("out-of-range", "the neighbours have classes, not numbers");
  }
  const nearest = nearestRows(model, table, onProgress);
  const votes = new Float64Array(neighbours);
  const predictions = new Float64Array(table.rowCount);
  for (let query = 0; query < table.rowCount; query++) {
    const total = fillVotes(votes, model, nearest, query);
    let sum = 0;
    for (let k = 0; k < neighbours; k++) {
      sum += votes[k]! * target[nearest.rows[query * neighbours + k]!]!;
    }
    predictions[query] = sum / total;
  }
  return predictions;
}

/** Votes of the neighbours of one query; returns their sum. */
function fillVotes(
  votes: Float64Array,
  { neighbours, weighting, weights }: NeighboursModel,
  { rows, squaredDistances }: NearestRows,
  query: number,
): number {
  const from = query * neighbours;
  const nearest = squaredDistances[from]!;
  let total = 0;
  for (let k = 0; k < neighbours; k++) {
    const squaredDistance = squaredDistances[from + k]!;
    let vote = weights === null ? 1 : weights[rows[from + k]!]!;
    if (weighting === "distance") {
      // In units of the nearest, so that distances near zero do not make infinite votes.
      if (nearest > 0) vote *= Math.sqrt(nearest / squaredDistance);
      else if (squaredDistance > 0) vote = 0;
    }
    votes[k] = vote;
    total += vote;
  }
  return total;
}
