/** Every colour that a chart uses, by what it means; the same as in theme.css, which a test holds to it. */
export type ChartPalette = {
  readonly surface: string;
  readonly surface2: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly legY: string;
  readonly legX: string;
  readonly spread: string;
  readonly zScore: string;
  readonly equity: string;
  readonly drawdown: string;
  readonly long: string;
  readonly short: string;
  readonly entry: string;
  readonly exit: string;
  readonly stop: string;
  readonly threshold: string;
  readonly benchmark: string;
  readonly inSample: string;
  readonly outOfSample: string;
};

export type ChartColour = keyof ChartPalette;

/** A canvas cannot read custom properties, so both themes stand here. */
export const CHART_PALETTES: Readonly<Record<"light" | "dark", ChartPalette>> = {
  light: {
    surface: "#ffffff",
    surface2: "#eff1f5",
    line: "#dde1e8",
    text: "#12151c",
    muted: "#566072",
    accent: "#2353c9",
    legY: "#1d5fd1",
    legX: "#b45309",
    spread: "#6b3fc4",
    zScore: "#0f766e",
    equity: "#27303f",
    drawdown: "#9d4a3a",
    long: "#0369a1",
    short: "#be185d",
    entry: "#4d6b0a",
    exit: "#475569",
    stop: "#b91c1c",
    threshold: "#6b7280",
    benchmark: "#7c6a00",
    inSample: "#8b5e83",
    outOfSample: "#24617a",
  },
  dark: {
    surface: "#12151c",
    surface2: "#1b1f29",
    line: "#272c38",
    text: "#e9ebf1",
    muted: "#9aa4b5",
    accent: "#7aabff",
    legY: "#6ea6ff",
    legX: "#f2a64b",
    spread: "#b79bff",
    zScore: "#4fd1c1",
    equity: "#d5dae4",
    drawdown: "#d98f80",
    long: "#56c4f5",
    short: "#ff8cbd",
    entry: "#bfe36a",
    exit: "#c3cad6",
    stop: "#ff8a80",
    threshold: "#98a2b3",
    benchmark: "#d6c04f",
    inSample: "#d2a3c9",
    outOfSample: "#7cc4dd",
  },
};
