/** Steps that people read easily, within one power of ten. */
const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round bounds and an even step for an axis that must hold low and high, with about so many steps. */
export function niceBounds(
  low: number,
  high: number,
  steps: number,
): { min: number; max: number; interval: number } {
  const raw = (high - low) / Math.max(1, steps);
  if (!(raw > 0) || !Number.isFinite(raw)) return { min: low - 1, max: high + 1, interval: 1 };
  const power = 10 ** Math.floor(Math.log10(raw));
  const interval = (STEPS.find((step) => step * power >= raw) ?? 10) * power;
  return {
    min: Math.floor(low / interval) * interval,
    max: Math.ceil(high / interval) * interval,
    interval,
  };
}
