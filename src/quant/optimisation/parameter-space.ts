import {
  type Configurable,
  type ParameterIssue,
  readConfig,
} from "../strategies/parameter-values.ts";
import type { ParameterValue, StrategyParameter } from "../strategies/strategy-parameters.ts";
import {
  grouped,
  type ParameterAxis,
  readParameterAxis,
  type VariedValues,
  variedCount,
} from "./parameter-axis.ts";

/** Values of a configuration by name of the parameter. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** What is to be searched: `base` holds for what `varied` does not name. */
export type SpaceRequest = {
  readonly base: ParameterValues;
  /** Values by name of the parameter; the order is that of the axes. */
  readonly varied: Readonly<Record<string, VariedValues>>;
  /** Combinations that are accepted at most, ≤ {@link SPACE_POINTS_MAX}. */
  readonly pointsMax: number;
};

/**
 * All combinations of the values of some parameters of a strategy. A point is one of them: the number
 * whose digits are the places on the axes, the last axis counting fastest, 0 ≤ point < size.
 */
export type ParameterSpace = {
  readonly base: ParameterValues;
  readonly axes: readonly ParameterAxis[];
  /** Exact; those that break a rule between fields are counted too. */
  readonly size: number;
  /** Whether every rule between fields holds. */
  readonly isValid: (values: ParameterValues) => boolean;
};

/** A space, what is wrong with the request, or how many combinations it would be. */
export type SpaceReading =
  | { readonly kind: "space"; readonly space: ParameterSpace }
  | { readonly kind: "refused"; readonly issues: readonly ParameterIssue[] }
  | { readonly kind: "too-large"; readonly combinations: bigint; readonly message: string };

/** Largest number of combinations whose points are exact in a double: what random and TPE may draw from. */
export const SPACE_POINTS_MAX = Number.MAX_SAFE_INTEGER;

/**
 * Reads a space of parameters.
 *
 * The size is multiplied up before a single value is made, so a space of any size is refused at once.
 *
 * @param strategy its parameters and rules
 * @param request what is varied, the rest, and how large it may be
 * @returns see SpaceReading; without a varied parameter the space has one point, the base
 *
 * Cost: O(Σ values of the axes), at most 10,000 each.
 */
export function readParameterSpace<Config>(
  strategy: Configurable<Config>,
  request: SpaceRequest,
): SpaceReading {
  const { base, varied, pointsMax } = request;
  const combinations = combinationsOf(Object.values(varied));
  if (combinations > BigInt(Math.min(pointsMax, SPACE_POINTS_MAX))) {
    const message = `There are ${grouped(combinations)} combinations, at most ${grouped(pointsMax)} are tried`;
    return { kind: "too-large", combinations, message };
  }
  const fields: Readonly<Record<string, StrategyParameter>> = strategy.parameters;
  const axes: ParameterAxis[] = [];
  const issues: ParameterIssue[] = [];
  for (const [name, values] of Object.entries(varied)) {
    const parameter = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const reading = readParameterAxis(name, parameter, values);
    if (reading.kind === "axis") axes.push(reading.axis);
    else issues.push(reading.issue);
  }
  // What stays as it is must be valid by itself; the rules are for whole combinations.
  const whole = { ...base };
  for (const { name, values } of axes) whole[name] = values[0] ?? null;
  const reading = readConfig({ parameters: strategy.parameters, rules: [] }, whole);
  if (reading.kind === "refused") {
    issues.push(...reading.issues.filter(({ field }) => !Object.hasOwn(varied, field)));
  }
  if (issues.length > 0) return { kind: "refused", issues };
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  const isValid = (values: ParameterValues): boolean =>
    readConfig(strategy, values).kind === "valid";
  return { kind: "space", space: { base, axes, size, isValid } };
}

/**
 * The configuration of a point, whether its rules hold or not.
 *
 * @param space where it lies
 * @param point 0 ≤ point < size
 */
export function valuesOfPoint(space: ParameterSpace, point: number): ParameterValues {
  const values: Record<string, ParameterValue> = { ...space.base };
  const places = placesOfPoint(space, point);
  space.axes.forEach((axis, i) => {
    values[axis.name] = axis.values[places[i]!]!;
  });
  return values;
}

/**
 * The places of a point on the axes.
 *
 * @param space where it lies
 * @param point 0 ≤ point < size
 * @returns one whole number an axis, 0 the first value
 */
export function placesOfPoint({ axes }: ParameterSpace, point: number): Int32Array {
  const places = new Int32Array(axes.length);
  let rest = point;
  for (let i = axes.length - 1; i >= 0; i--) {
    const { length } = axes[i]!.values;
    places[i] = rest % length;
    rest = Math.floor(rest / length);
  }
  return places;
}

/** The point at given places on the axes; the inverse of placesOfPoint. */
export function pointOfPlaces({ axes }: ParameterSpace, places: Int32Array): number {
  return axes.reduce((point, { values }, i) => point * values.length + places[i]!, 0);
}

/** Whether the configuration of a point keeps every rule between fields. */
export function isValidPoint(space: ParameterSpace, point: number): boolean {
  return space.isValid(valuesOfPoint(space, point));
}

function combinationsOf(varied: readonly VariedValues[]): bigint {
  // An axis without a value is an issue of its own, not a space of no points.
  return varied.reduce((product, values) => product * BigInt(Math.max(variedCount(values), 1)), 1n);
}
