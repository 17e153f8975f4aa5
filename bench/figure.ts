/** One measured figure; `must` is what it is held to ("≤ 30"), `ok` whether it is. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly must: string;
  readonly ok: boolean;
};

/** A figure that must not exceed a limit; rounded to three significant digits more than it needs. */
export function atMost(name: string, value: number, limit: number, unit: string): Figure {
  return {
    name,
    value: Number(value.toPrecision(4)),
    unit,
    must: `≤ ${limit}`,
    ok: value <= limit,
  };
}

/** A figure that must reach a limit. */
export function atLeast(name: string, value: number, limit: number, unit: string): Figure {
  return {
    name,
    value: Number(value.toPrecision(4)),
    unit,
    must: `≥ ${limit}`,
    ok: value >= limit,
  };
}

/** A figure that is held to nothing: it stands beside one that is. */
export function observed(name: string, value: number, unit: string): Figure {
  return { name, value: Number(value.toPrecision(4)), unit, must: "–", ok: true };
}

/** Seconds that a piece of work takes, with its result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const startedAt = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedAt) / 1000, result };
}
