import { sampleStandardDeviation } from "../performance/sample-standard-deviation.ts";
import { mean } from "../stats/mean.ts";

const ADF_P_VALUE_MAX = 0.05;
const CORRELATION_GOOD = 0.7;
const CORRELATION_POOR = 0.5;
const BETA_BARS = 20;
const BETA_SHARE_MAX = 0.5;
const VOLUME_BARS = 50;

/** What a good pair has. */
export type SignalFlagName = "stationary" | "correlated" | "hedge-stable" | "liquid";

/** One flag: what was measured, what it is held against, and whether it holds. */
export type SignalFlag = {
  readonly name: SignalFlagName;
  /** null: it could not be measured, and does not count as held. */
  readonly holds: boolean | null;
  readonly value: number | null;
  readonly limit: number;
  readonly reason: "no-volume" | "too-short" | "no-test" | null;
};

/** How far a signal of the pair is to be trusted now, and whether to trade on it. */
export type SignalQuality = {
  readonly quality: "HIGH" | "MEDIUM" | "LOW";
  readonly guard: "GREEN" | "YELLOW" | "RED";
  readonly flags: readonly SignalFlag[];
  /** What speaks against trading. What is unknown is no issue, and no flag either. */
  readonly issues: readonly SignalFlagName[];
};

/**
 * Signal quality and trade guard at the last bar.
 *
 * Flags: ADF p < 0.05; rolling correlation > 0.7; std of the last 20 rolling betas < half of that of all;
 * volume of both legs above its 50-bar mean. Three or more flags are HIGH, two MEDIUM. Issues: ADF
 * p ≥ 0.05, correlation < 0.5, unstable hedge ratio, low volume; none is GREEN, one or two YELLOW.
 *
 * @param measured.adfPValue of the spread; null: no test
 * @param measured.correlation rolling correlation a bar
 * @param measured.beta rolling beta a bar
 * @param measured.volumeY volume a bar; null or NaN: unknown. volumeX likewise
 * @returns quality, guard, flags and issues
 *
 * Cost: O(n). Convention: the "desk" preset's rules.
 */
export function signalQuality(measured: {
  readonly adfPValue: number | null;
  readonly correlation: Float64Array;
  readonly beta: Float64Array;
  readonly volumeY: Float64Array | null;
  readonly volumeX: Float64Array | null;
}): SignalQuality {
  const correlation = flagOf("correlated", lastFinite(measured.correlation), {
    limit: CORRELATION_GOOD,
    isHeld: (value) => value > CORRELATION_GOOD,
    absent: "too-short",
  });
  const flags = [
    flagOf("stationary", measured.adfPValue, {
      limit: ADF_P_VALUE_MAX,
      isHeld: (value) => value < ADF_P_VALUE_MAX,
      absent: "no-test",
    }),
    correlation,
    flagOf("hedge-stable", betaShare(measured.beta), {
      limit: BETA_SHARE_MAX,
      isHeld: (value) => value < BETA_SHARE_MAX,
      absent: "too-short",
    }),
    flagOf("liquid", volumeRatio(measured.volumeY, measured.volumeX), {
      limit: 1,
      isHeld: (value) => value > 1,
      absent: "no-volume",
    }),
  ];
  const held = flags.filter(({ holds }) => holds === true).length;
  const issues = flags
    .filter((flag) =>
      flag === correlation
        ? flag.value !== null && flag.value < CORRELATION_POOR
        : flag.holds === false,
    )
    .map(({ name }) => name);
  return {
    quality: held >= 3 ? "HIGH" : held === 2 ? "MEDIUM" : "LOW",
    guard: issues.length === 0 ? "GREEN" : issues.length <= 2 ? "YELLOW" : "RED",
    flags,
    issues,
  };
}

function flagOf(
  name: SignalFlagName,
  value: number | null,
  rule: {
    readonly limit: number;
    readonly isHeld: (value: number) => boolean;
    readonly absent: NonNullable<SignalFlag["reason"]>;
  },
): SignalFlag {
  const { limit } = rule;
  if (value === null) return { name, holds: null, value, limit, reason: rule.absent };
  return { name, holds: rule.isHeld(value), value, limit, reason: null };
}

function lastFinite(values: Float64Array): number | null {
  const last = values.at(-1) ?? Number.NaN;
  return Number.isFinite(last) ? last : null;
}

/** Std of the last betas as a share of that of all; null before there are enough, or none moved. */
function betaShare(beta: Float64Array): number | null {
  const known = beta.filter(Number.isFinite);
  if (known.length < 2 * BETA_BARS) return null;
  const whole = sampleStandardDeviation(known);
  const recent = sampleStandardDeviation(known.subarray(-BETA_BARS));
  return whole === null || recent === null || whole === 0 ? null : recent / whole;
}

/** Last volume over its mean, of the leg where it is smaller. */
function volumeRatio(volumeY: Float64Array | null, volumeX: Float64Array | null): number | null {
  const ratioY = ratioToMean(volumeY);
  const ratioX = ratioToMean(volumeX);
  return ratioY === null || ratioX === null ? null : Math.min(ratioY, ratioX);
}

function ratioToMean(volume: Float64Array | null): number | null {
  if (volume === null || volume.length < VOLUME_BARS) return null;
  const recent = volume.subarray(-VOLUME_BARS);
  const average = mean(recent);
  // NaN fails here too: one unknown volume leaves the mean unknown.
  return average > 0 ? recent.at(-1)! / average : null;
}
