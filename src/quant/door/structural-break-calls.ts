import { cusum } from "../structural-break/cusum.ts";
import { hedgeRatioBreak } from "../structural-break/hedge-ratio-break.ts";
import { optional } from "./arguments.ts";
import { doorCall } from "./door-call.ts";
import { number } from "./readers.ts";
import { series } from "./series-readers.ts";

/** Did a regression hold all the time? */
export const STRUCTURAL_BREAK_CALLS = {
  cusum: doorCall({ residuals: series, parameters: number }, ({ residuals, parameters }) =>
    cusum(residuals, parameters),
  ),
  hedgeRatioBreak: doorCall(
    { y: series, x: series, trim: optional(number, 0.15) },
    ({ y, x, trim }) => hedgeRatioBreak(y, x, { trim }),
    "singular",
  ),
} as const;
