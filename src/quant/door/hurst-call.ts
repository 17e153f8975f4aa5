import { detrendedFluctuation } from "../mean-reversion/detrended-fluctuation.ts";
import { generalisedHurst } from "../mean-reversion/generalised-hurst.ts";
import { hurstOfDeviations } from "../mean-reversion/hurst-of-deviations.ts";
import {
  correctedRescaledRange,
  simplifiedRescaledRange,
} from "../mean-reversion/rescaled-range.ts";
import type { ScalingLaw } from "../mean-reversion/scaling-law.ts";
import { type ArgumentsOf, group, optional } from "./arguments.ts";
import { doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { number, oneOf } from "./readers.ts";
import { series } from "./series-readers.ts";

const OPTIONS = {
  minLag: optional(number, undefined),
  maxLag: optional(number, undefined),
  q: optional(number, undefined),
} as const;

type HurstOptions = ArgumentsOf<typeof OPTIONS>;

/** Hurst exponents; the options may stand beside the method or in `options`. */
export const HURST_CALL = doorCall(
  {
    series,
    method: oneOf("std", "ghe", "rs-simplified", "rs-corrected", "dfa"),
    ...OPTIONS,
    options: optional(group(OPTIONS), undefined),
  },
  ({ series: values, method, options, minLag, maxLag, q }) => {
    const chosen = {
      minLag: options?.minLag ?? minLag,
      maxLag: options?.maxLag ?? maxLag,
      q: options?.q ?? q,
    };
    requireUsed(method, chosen);
    const { exponent, ...law } = METHODS[method](values, chosen);
    return { hurst: exponent, ...law };
  },
  "singular",
);

/** An option that would change nothing is refused: who gives it expects another answer. */
function requireUsed(method: keyof typeof METHODS, options: HurstOptions): void {
  const used: readonly string[] = USED_OPTIONS[method];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || used.includes(name)) continue;
    throw new DoorError("bad-argument", `${name} has no meaning for the method ${method}`);
  }
}

const USED_OPTIONS = {
  std: ["minLag", "maxLag"],
  ghe: ["minLag", "maxLag", "q"],
  "rs-simplified": [],
  "rs-corrected": [],
  dfa: [],
} as const;

const METHODS = {
  std: (values: Float64Array, options: HurstOptions): ScalingLaw =>
    hurstOfDeviations(values, lagRange(options)),
  ghe: (values: Float64Array, options: HurstOptions): ScalingLaw => {
    const order = options.q === undefined ? {} : { q: options.q };
    const { hurst, ...law } = generalisedHurst(values, { ...lagRange(options), ...order });
    return { ...law, exponent: hurst };
  },
  "rs-simplified": simplifiedRescaledRange,
  "rs-corrected": correctedRescaledRange,
  dfa: detrendedFluctuation,
} as const;

function lagRange({ minLag, maxLag }: HurstOptions): { lagMin?: number; lagMax?: number } {
  return {
    ...(minLag === undefined ? {} : { lagMin: minLag }),
    ...(maxLag === undefined ? {} : { lagMax: maxLag }),
  };
}
