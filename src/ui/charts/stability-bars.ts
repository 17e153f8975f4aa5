import { csvRow } from "#contracts/csv-cell.ts";

/** How far a feature is from what it was. */
export type FeatureStability = {
  readonly name: string;
  /** Population stability index; null of too few rows. */
  readonly psi: number | null;
  /** What independent rows exceed in 1 % of cases although nothing changed; null likewise. */
  readonly byLuck: number | null;
  readonly status: "stable" | "moderate" | "major" | "unknown";
};

/** Below the first little changed, from the second on much did: as in featureDrift of quant. */
export const STABILITY_LIMITS = { moderate: 0.1, major: 0.25 } as const;

export type StabilityBar = FeatureStability & {
  /** Length of the bar as a share of the axis, in [0, 1]. */
  readonly share: number;
  /** The index goes beyond the axis. */
  readonly isCut: boolean;
  /** Above the limit, and yet no more than luck gives so few rows. */
  readonly isLuck: boolean;
};

export type StabilityBars = {
  readonly bars: readonly StabilityBar[];
  /** Where the limits stand on the axis, as shares of it. */
  readonly moderateShare: number;
  readonly majorShare: number;
};

/** The axis ends here at most: far beyond "much", one index must not press all others together. */
const AXIS_MAX = 1;
/** And here at least, so that both limits are seen. */
const AXIS_MIN = 0.3;

/** Bars in the order given, on one axis from 0. */
export function stabilityBars(features: readonly FeatureStability[]): StabilityBars {
  const largest = features.reduce((most, { psi }) => Math.max(most, psi ?? 0), AXIS_MIN);
  const end = Math.min(AXIS_MAX, largest);
  return {
    bars: features.map((feature) => {
      const psi = feature.psi ?? 0;
      return {
        ...feature,
        share: Math.min(1, psi / end),
        isCut: psi > end,
        isLuck: feature.status === "stable" && psi >= STABILITY_LIMITS.moderate,
      };
    }),
    moderateShare: STABILITY_LIMITS.moderate / end,
    majorShare: STABILITY_LIMITS.major / end,
  };
}

/** The chart as CSV. */
export function stabilityCsv(features: readonly FeatureStability[]): string {
  const lines = features.map(({ name, psi, byLuck, status }) =>
    csvRow([name, psi, byLuck, status]),
  );
  return csvRow(["Feature", "Population stability index", "By luck", "Status"]) + lines.join("");
}
