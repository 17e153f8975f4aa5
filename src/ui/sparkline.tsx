type SparklineProps = {
  /** Oldest first; null is a gap. */
  values: readonly (number | null)[];
  /** Drawn as quiet lines on either side of zero. */
  threshold?: number | undefined;
  ariaLabel: string;
};

const WIDTH = 120;
const HEIGHT = 28;

/** A line as small as a word. It always shows zero, so that above and below can be told apart. */
export function Sparkline({ values, threshold = 0, ariaLabel }: SparklineProps) {
  const size = values.reduce<number>(
    (largest, value) => Math.max(largest, Math.abs(value ?? 0)),
    Math.max(threshold, 1e-9),
  );
  const y = (value: number) => HEIGHT / 2 - (value / size) * (HEIGHT / 2 - 2);
  return (
    <svg
      role="img"
      aria-label={ariaLabel}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="block"
    >
      <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className="stroke-line-strong" strokeWidth={1} />
      {threshold > 0
        ? [threshold, -threshold].map((level) => (
            <line
              key={level}
              x1={0}
              x2={WIDTH}
              y1={y(level)}
              y2={y(level)}
              className="stroke-line-strong"
              strokeWidth={1}
              strokeDasharray="2 3"
            />
          ))
        : null}
      <path
        d={sparklinePath(values, { width: WIDTH, y })}
        fill="none"
        className="stroke-accent"
        strokeWidth={1.25}
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The path of the values; a missing one lifts the pen. */
export function sparklinePath(
  values: readonly (number | null)[],
  scale: { readonly width: number; readonly y: (value: number) => number },
): string {
  const step = scale.width / Math.max(1, values.length - 1);
  let path = "";
  let isPenDown = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isPenDown = false;
      continue;
    }
    path += `${isPenDown ? "L" : "M"}${(index * step).toFixed(1)} ${scale.y(value).toFixed(1)}`;
    isPenDown = true;
  }
  return path;
}
