import { sharpeRatio } from "../performance/sharpe-ratio.ts";
import { stationaryBootstrap } from "../performance/stationary-bootstrap.ts";
import { mean } from "../stats/mean.ts";
import { optional } from "./arguments.ts";
import { doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { number, oneOf } from "./readers.ts";
import { series } from "./series-readers.ts";

/** More draws than this are a slip of the pen. */
const REPLICATIONS_MAX = 100_000;

/** Between what values a figure would fall had the returns been drawn again. */
export const STATIONARY_BOOTSTRAP_CALL = doorCall(
  {
    returns: series,
    statistic: optional(oneOf("mean", "sharpe"), "mean"),
    seed: optional(seedNumber, 1),
    replications: optional(replicationCount, 1_000),
    meanBlockBars: optional(number, undefined),
    confidence: optional(number, 0.95),
    periodsPerYear: optional(number, 1),
  },
  ({ returns, statistic, periodsPerYear, meanBlockBars, ...options }) => {
    const measure =
      statistic === "mean" ? mean : (drawn: Float64Array) => sharpeRatio(drawn, { periodsPerYear });
    const blocks = meanBlockBars === undefined ? {} : { meanBlockBars };
    const interval = stationaryBootstrap(returns, measure, { ...options, ...blocks });
    return interval === null ? NO_INTERVAL : { ...interval };
  },
);

const NO_INTERVAL = { lower: null, upper: null, median: null, reason: "no-variance" } as const;

function seedNumber(value: unknown, name: string): number {
  const seed = number(value, name);
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new DoorError("bad-argument", `${name} must be a whole number from 0 to 2³² − 1`);
}

function replicationCount(value: unknown, name: string): number {
  const count = number(value, name);
  if (count <= REPLICATIONS_MAX) return count;
  throw new DoorError("bad-argument", `${name} must be at most ${REPLICATIONS_MAX}`);
}
