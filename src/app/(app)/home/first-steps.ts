/** What a workspace has so far. */
export type WorkspaceCounts = {
  readonly ownSeries: number;
  readonly universes: number;
  readonly finishedScans: number;
  readonly strategies: number;
  readonly reports: number;
  readonly shares: number;
};

export type FirstStep = {
  readonly id: keyof WorkspaceCounts;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly href: string;
  /** Another way to the same end. */
  readonly alternative: { readonly action: string; readonly href: string } | null;
  readonly isDone: boolean;
};

/**
 * The way from nothing to the first shared report. Prices count as brought when a universe exists
 * without any of one's own, as it then uses those that are there for everybody.
 */
export function firstSteps(counts: WorkspaceCounts): readonly FirstStep[] {
  return STEPS.map((step) => ({
    ...step,
    isDone: counts[step.id] > 0 || (step.id === "ownSeries" && counts.universes > 0),
  }));
}

/** The step to do next; null when all are done. */
export function nextStep(steps: readonly FirstStep[]): FirstStep | null {
  return steps.find(({ isDone }) => !isDone) ?? null;
}

const STEPS = [
  {
    id: "ownSeries",
    title: "Bring prices",
    text: "Upload CSV files of bars, or use the synthetic instruments that are already there.",
    action: "Upload prices",
    href: "/markets/upload",
    alternative: { action: "Use the synthetic ones", href: "/discover/universes/new" },
  },
  {
    id: "universes",
    title: "Choose a universe",
    text: "Name the instruments among which you look for pairs.",
    action: "Create a universe",
    href: "/discover/universes/new",
    alternative: null,
  },
  {
    id: "finishedScans",
    title: "Scan it for pairs",
    text: "Every pair is tested for cointegration over a formation period.",
    action: "Start a scan",
    href: "/discover/scans/new",
    alternative: null,
  },
  {
    id: "strategies",
    title: "Make a strategy",
    text: "Open a pair of the scan, or choose a kind of strategy, and decide when to enter, leave and stop.",
    action: "Choose a pair",
    href: "/discover",
    alternative: null,
  },
  {
    id: "reports",
    title: "Backtest it",
    text: "Trade the strategy on the bars after the formation period, with costs.",
    action: "Open strategies",
    href: "/strategies",
    alternative: null,
  },
  {
    id: "shares",
    title: "Share the report",
    text: "Send a link that opens without an account, until you revoke it.",
    action: "Open reports",
    href: "/backtests",
    alternative: null,
  },
] as const;
