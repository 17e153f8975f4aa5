import { requireBars } from "../indicators/incremental.ts";
import { optional } from "./arguments.ts";
import { bars } from "./bar-readers.ts";
import { doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { INDICATORS, type IndicatorInput } from "./indicators.ts";
import { named } from "./readers.ts";
import { series } from "./series-readers.ts";

/** An indicator over a history of values or of bars. */
export const INDICATOR_CALL = doorCall(
  {
    name: named(Object.fromEntries(Object.keys(INDICATORS).map((name) => [name, name]))),
    series: optional(series, undefined),
    bars: optional(bars, undefined),
    parameters: (value) => value ?? {},
  },
  ({ name, series: values, bars: columns, parameters }) => {
    const indicator = INDICATORS[name];
    if (indicator === undefined) throw new DoorError("bad-argument", `there is no ${name}`);
    return { series: indicator(inputOf(values, columns), parameters) };
  },
);

function inputOf(
  values: Float64Array | undefined,
  columns: Readonly<Record<string, Float64Array>> | undefined,
): IndicatorInput {
  if ((values === undefined) === (columns === undefined)) {
    throw new DoorError("bad-argument", "give either series or bars");
  }
  if (columns !== undefined) requireBars(columns);
  return columns ?? { close: values ?? new Float64Array(0) };
}
