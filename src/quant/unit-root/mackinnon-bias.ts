import { normalCdf } from "../stats/normal-distribution.ts";

/** Surface of a normalised bias: Φ of a cubic in ln|z| up to star, of a quartic in z above it. */
type BiasSurface = {
  readonly star: number;
  readonly small: readonly [number, number, number, number];
  /** d₀, 10 d₁, 10² d₂, 10³ d₃, 10⁵ d₄. */
  readonly large: readonly [number, number, number, number, number];
};

// Source: MacKinnon (1994), tables 5 and 6, rows of one series.
const SURFACES: Readonly<Record<"n" | "c" | "ct", BiasSurface>> = {
  n: {
    star: -2.9,
    small: [0.0342, -0.6376, 0, -0.03872],
    large: [0.4927, 6.906, 13.2331, 12.099, 0],
  },
  c: {
    star: -8.9,
    small: [2.2142, -1.7863, 0.32828, -0.07727],
    large: [1.717, 5.5243, 4.3463, 1.6671, 0],
  },
  ct: {
    star: -15,
    small: [4.6476, -2.8932, 0.5832, -0.0999],
    large: [2.7117, 4.5731, 2.2868, 0.6362, 0.5],
  },
};

/**
 * MacKinnon p-value of a normalised bias n (ρ − 1): the asymptotic probability of one this small or
 * smaller under a unit root.
 *
 * @param z normalised bias, Phillips–Perron's Zρ
 * @param trend deterministic terms of the regression
 * @returns p in [0, 1]
 *
 * Cost: O(1). Source: MacKinnon (1994), tables 5 and 6. Checked: golden/unit-root.json.
 */
export function mackinnonBiasPValue(z: number, trend: "n" | "c" | "ct"): number {
  const { star, small, large } = SURFACES[trend];
  if (z <= star) {
    const log = Math.log(Math.abs(z));
    return normalCdf(small[0] + log * (small[1] + log * (small[2] + log * small[3])));
  }
  const cubic = large[2] * 1e-2 + z * (large[3] * 1e-3 + z * large[4] * 1e-5);
  return normalCdf(large[0] + z * (large[1] * 0.1 + z * cubic));
}
