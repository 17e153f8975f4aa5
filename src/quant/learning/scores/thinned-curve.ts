import { InvalidInputError } from "../../invalid-input-error.ts";

/** Points nearer to the line than this are on it: coordinates are fractions. */
const ON_THE_LINE = 1e-12;

/** A piece of the curve, and the point of it that lies farthest from the chord. */
type Piece = {
  readonly from: number;
  readonly to: number;
  readonly farthest: number;
  readonly distance: number;
};

/**
 * Thinned curve: which points of a line are enough to draw it.
 *
 * Begins with the first and the last and always adds the point that lies farthest from the line drawn so
 * far, until none lies off it or there are enough.
 *
 * @param x one coordinate a point, in the scale in which it is drawn
 * @param y the other one
 * @param pointsMax most points, ≥ 2
 * @returns ascending places of the points to keep; all of them when there are no more than pointsMax
 * @throws {InvalidInputError} "length-mismatch"; "out-of-range": pointsMax
 *
 * Cost: O(n log pointsMax) of usual curves, O(n · pointsMax) at worst.
 * Source: Douglas and Peucker (1973), greatest distance first.
 */
export function thinnedCurve(x: Float64Array, y: Float64Array, pointsMax: number): Int32Array {
  if (x.length !== y.length) {
    throw new InvalidInputError("length-mismatch", "a point has two coordinates");
  }
  if (!(Number.isInteger(pointsMax) && pointsMax >= 2)) {
    throw new InvalidInputError("out-of-range", "pointsMax must be a whole number of at least 2");
  }
  const n = x.length;
  if (n <= pointsMax) return Int32Array.from({ length: n }, (_, i) => i);
  const pieces = [pieceBetween(x, y, 0, n - 1)];
  while (pieces.length + 1 < pointsMax) {
    let worst = 0;
    for (let i = 1; i < pieces.length; i++) {
      if (pieces[i]!.distance > pieces[worst]!.distance) worst = i;
    }
    const { from, to, farthest, distance } = pieces[worst]!;
    if (distance <= ON_THE_LINE) break;
    pieces[worst] = pieceBetween(x, y, from, farthest);
    pieces.push(pieceBetween(x, y, farthest, to));
  }
  return Int32Array.from([0, ...pieces.map((piece) => piece.to)]).sort();
}

function pieceBetween(x: Float64Array, y: Float64Array, from: number, to: number): Piece {
  const [fromX, fromY] = [x[from]!, y[from]!];
  const [alongX, alongY] = [x[to]! - fromX, y[to]! - fromY];
  const length = Math.sqrt(alongX * alongX + alongY * alongY);
  let farthest = from;
  let distance = 0;
  for (let i = from + 1; i < to; i++) {
    const [offX, offY] = [x[i]! - fromX, y[i]! - fromY];
    const off =
      length > 0
        ? Math.abs(alongX * offY - alongY * offX) / length
        : Math.sqrt(offX * offX + offY * offY);
    if (off > distance) {
      distance = off;
      farthest = i;
    }
  }
  return { from, to, farthest, distance };
}
