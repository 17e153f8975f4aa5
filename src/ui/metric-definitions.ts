import type { MetricName } from "#contracts/backtest.ts";

/** How a figure is written; the unit stands beside the label, not in the number. */
export type FigureFormat = "percent" | "number" | "integer" | "bars" | "money" | "p-value";

/** Everything that is said about a figure: on cards, in column headers and in the glossary. */
export type FigureDefinition = {
  label: string;
  unit: string;
  format: FigureFormat;
  definition: string;
  computation: string;
  good: string;
  caveat: string;
};

/** The figures of a report, by their names in the contract. */
export const METRIC_DEFINITIONS: Record<MetricName, FigureDefinition> = {
  totalReturn: {
    label: "Total return",
    unit: "% of initial equity",
    format: "percent",
    definition:
      "How much the account grew or shrank over the trading period, after fees and slippage.",
    computation: "Final equity ÷ initial equity − 1.",
    good: "Above what the same money would have earned without risk over the same time.",
    caveat:
      "Depends on how large the notional is against the equity; compare strategies by Sharpe ratio instead.",
  },
  annualisedReturn: {
    label: "Annualised return",
    unit: "% a year",
    format: "percent",
    definition: "The constant yearly growth that would have led to the same final equity.",
    computation: "(Final equity ÷ initial equity)^(periods per year ÷ periods) − 1, compounded.",
    good: "Above the risk-free rate, by more than luck explains.",
    caveat: "A short trading period is stretched to a year, and its luck with it.",
  },
  annualisedVolatility: {
    label: "Annualised volatility",
    unit: "% a year",
    format: "percent",
    definition:
      "How much the equity swings: the standard deviation of its returns, scaled to a year.",
    computation: "Standard deviation of returns per bar × √(periods per year).",
    good: "Lower is calmer; what matters is the return for each unit of it.",
    caveat: "Scaling by the square root assumes returns that do not depend on each other.",
  },
  sharpeRatio: {
    label: "Sharpe ratio",
    unit: "annualised",
    format: "number",
    definition: "Return for each unit of volatility.",
    computation:
      "Mean return per bar ÷ its standard deviation × √(periods per year); risk-free rate 0.",
    good: "Above 1 is worth a closer look, above 2 is rare after costs.",
    caveat:
      "Found among many trials, the best of them looks good by chance; few trades make it unreliable.",
  },
  sortinoRatio: {
    label: "Sortino ratio",
    unit: "annualised",
    format: "number",
    definition: "Like the Sharpe ratio, but only swings downwards count as risk.",
    computation:
      "Mean return per bar ÷ downside deviation (all bars, target 0) × √(periods per year).",
    good: "Above the Sharpe ratio when large moves are mostly gains.",
    caveat: "Rests on the losing bars alone, so it needs more of them than a short run has.",
  },
  calmarRatio: {
    label: "Calmar ratio",
    unit: "ratio",
    format: "number",
    definition: "Yearly return for each unit of the worst loss from a peak.",
    computation: "Annualised return ÷ maximum drawdown.",
    good: "Above 1: a year's return makes up for the worst fall.",
    caveat: "Depends on one single fall, and longer runs meet deeper ones.",
  },
  omegaRatio: {
    label: "Omega ratio",
    unit: "ratio",
    format: "number",
    definition: "All gains per bar against all losses per bar.",
    computation: "Sum of returns above 0 ÷ sum of the sizes of returns below 0.",
    good: "Above 1: gains outweigh losses.",
    caveat: "Hides how large single losses are.",
  },
  drawdownMax: {
    label: "Maximum drawdown",
    unit: "% of the peak",
    format: "percent",
    definition: "The worst fall of the equity from an earlier peak.",
    computation: "Largest value of 1 − equity ÷ highest equity so far, at bar closes.",
    good: "Smaller than what one would sit through without stopping.",
    caveat: "The next one may be deeper; moves within a bar are not seen.",
  },
  drawdownDurationBars: {
    label: "Longest drawdown",
    unit: "bars",
    format: "bars",
    definition: "The longest time below an earlier peak.",
    computation:
      "Longest run of bars below an earlier peak, to its recovery or to the end of the run.",
    good: "Short against the trading period.",
    caveat: "One that the end cuts off has not ended.",
  },
  valueAtRisk95: {
    label: "Value at risk, 95\u00a0%",
    unit: "% of equity a bar",
    format: "percent",
    definition: "The loss in one bar that 95 of 100 bars stay within.",
    computation: "Historical: the 5 % quantile of returns per bar, as a positive loss.",
    good: "Small against the equity.",
    caveat: "Says nothing about how bad the other five bars are.",
  },
  conditionalValueAtRisk95: {
    label: "Expected shortfall, 95\u00a0%",
    unit: "% of equity a bar",
    format: "percent",
    definition: "The average loss in the worst 5 of 100 bars.",
    computation:
      "Historical: the mean of returns at or below the 5 % quantile, as a positive loss.",
    good: "Not far above the value at risk.",
    caveat: "An average over few bars when the run is short.",
  },
  winRate: {
    label: "Win rate",
    unit: "% of trades",
    format: "percent",
    definition: "The share of trades that made money after costs.",
    computation: "Trades with net P&L above 0 ÷ all trades.",
    good: "Mean reversion often wins above 60 %; look at the profit factor beside it.",
    caveat: "Many small wins can stand beside one loss that takes them all.",
  },
  profitFactor: {
    label: "Profit factor",
    unit: "ratio",
    format: "number",
    definition: "What the winning trades made for each unit that the losing ones lost.",
    computation: "Sum of positive net P&L ÷ size of the sum of negative net P&L.",
    good: "Above 1.5 with many trades.",
    caveat: "Has no value without a losing trade, and is luck with few.",
  },
  expectancy: {
    label: "Expectancy",
    unit: "quote currency a trade",
    format: "money",
    definition: "The average result of a trade after costs.",
    computation: "Sum of net P&L ÷ number of trades.",
    good: "Well above the cost of one trade.",
    caveat: "If it is close to the costs, a slightly worse fill turns it round.",
  },
  averageHoldingBars: {
    label: "Average holding time",
    unit: "bars",
    format: "bars",
    definition: "How long a trade stays open on average.",
    computation: "Mean number of bars from entry fill to exit fill.",
    good: "Of the order of the spread's half-life.",
    caveat: "Much longer than the half-life: the spread no longer reverts as it did.",
  },
  turnover: {
    label: "Turnover",
    unit: "× average equity a year",
    format: "number",
    definition: "How many times a year the account was traded.",
    computation: "Notional of all fills of both legs ÷ average equity, scaled to a year.",
    good: "Low for the return it brings: costs grow with it.",
    caveat: "Fees and slippage that are a little higher than assumed cost this many times as much.",
  },
  exposure: {
    label: "Time in the market",
    unit: "% of bars",
    format: "percent",
    definition: "The share of the trading period with an open position.",
    computation: "Bars with a position ÷ all bars of the trading period.",
    good: "Neither nearly 0 (no evidence) nor nearly 100 % (never out).",
    caveat: "Says when money was at risk, not how much.",
  },
  tradeCount: {
    label: "Trades",
    unit: "round trips",
    format: "integer",
    definition: "How many positions were opened and closed.",
    computation: "Entries to flat; one that is open at the end is closed there and counts.",
    good: "At least 30 before any other figure says much.",
    caveat: "Trades of one pair are not independent: a single regime may explain them all.",
  },
};

export type ScanFigureName =
  | "hedgeRatio"
  | "egStatistic"
  | "pValue"
  | "qValue"
  | "halfLifeBars"
  | "correlation"
  | "observations";

/** The figures of a scan. */
export const SCAN_FIGURE_DEFINITIONS: Record<ScanFigureName, FigureDefinition> = {
  hedgeRatio: {
    label: "Hedge ratio",
    unit: "X for one of Y",
    format: "number",
    definition: "How much of leg X, in money, offsets one unit of leg Y.",
    computation: "Slope β of the least-squares line of ln Y on ln X over the formation period.",
    good: "Between about 0.3 and 3: both legs matter.",
    caveat: "Far from that, or negative, the pair is mostly a bet on one leg.",
  },
  egStatistic: {
    label: "Engle–Granger statistic",
    unit: "t",
    format: "number",
    definition: "How strongly the spread is pulled back to its mean.",
    computation: "Unit-root t-statistic of the residuals of ln Y on ln X, with the chosen lags.",
    good: "The more negative, the stronger; about −3.34 is the 5 % point for long samples.",
    caveat: "Depends on which leg stands on the left, so both directions are shown.",
  },
  pValue: {
    label: "p-value",
    unit: "probability",
    format: "p-value",
    definition: "How often two unrelated random walks would look at least this cointegrated.",
    computation: "MacKinnon's (1994) response surface of the Engle–Granger statistic.",
    good: "Below the significance chosen for the scan.",
    caveat:
      "Of 100 unrelated pairs about 5 lie below 0.05; look at the q-value when many were tested.",
  },
  qValue: {
    label: "q-value",
    unit: "fraction",
    format: "p-value",
    definition: "The share of false finds to expect among all pairs at least as good as this one.",
    computation: "Benjamini–Hochberg over the p-values of every tested pair of the scan.",
    good: "Below the significance chosen for the scan.",
    caveat: "Counts this scan alone, not the scans that were run before it.",
  },
  halfLifeBars: {
    label: "Half-life",
    unit: "bars",
    format: "bars",
    definition: "How long it takes until half of a deviation of the spread is gone.",
    computation: "−ln 2 ÷ ln φ, φ the first-order autoregression coefficient of the spread.",
    good: "Short against the trading period, long against the costs of a trade.",
    caveat:
      "Has no value when the spread does not revert; biased to the short side in small samples.",
  },
  correlation: {
    label: "Correlation",
    unit: "of log returns",
    format: "number",
    definition: "How closely the two legs move from bar to bar.",
    computation: "Pearson's correlation of log returns over the formation period.",
    good: "A help, not a condition.",
    caveat: "Correlated prices can drift apart for ever: correlation is not cointegration.",
  },
  observations: {
    label: "Bars",
    unit: "common bars",
    format: "integer",
    definition: "How many bars both legs have in the formation period.",
    computation: "Open times that both series share.",
    good: "Several hundred, and many times the half-life.",
    caveat: "Missing bars are left out, not filled.",
  },
};

export type EvidenceName = "probabilisticSharpe" | "deflatedSharpe" | "minimumTrackRecordBars";

/** How much a Sharpe ratio proves. Sources: Bailey, López de Prado (2012, 2014). */
export const EVIDENCE_DEFINITIONS: Record<EvidenceName, FigureDefinition> = {
  probabilisticSharpe: {
    label: "Probabilistic Sharpe ratio",
    unit: "probability",
    format: "percent",
    definition: "How likely it is that the true Sharpe ratio is above zero.",
    computation:
      "Normal probability of Sharpe × √(bars − 1), corrected for skewness and fat tails of the returns.",
    good: "Above 95\u00a0%.",
    caveat: "Takes this run for the only one: see the deflated one beside it.",
  },
  deflatedSharpe: {
    label: "Deflated Sharpe ratio",
    unit: "probability",
    format: "percent",
    definition:
      "The same, but above what the best of so many trials would have shown by luck alone.",
    computation:
      "Probabilistic Sharpe ratio against the expected largest of as many trials without skill, whose Sharpe ratios per bar vary by one over the bars. On the page of an optimisation they vary by what its trials do, if that is more.",
    good: "Above 95\u00a0%: then even the counted trials do not explain it away.",
    caveat: "Trials outside this workspace, and in one's head, are not counted.",
  },
  minimumTrackRecordBars: {
    label: "Minimum track record",
    unit: "bars",
    format: "bars",
    definition:
      "How long the run would have to be to prove a Sharpe ratio above zero at 95\u00a0%.",
    computation:
      "1 + (1 − skewness × Sharpe + (kurtosis − 1) ÷ 4 × Sharpe²) × (1.645 ÷ Sharpe)², Sharpe per bar.",
    good: "Shorter than the run.",
    caveat: "Assumes that the returns to come are like those seen.",
  },
};

export type BenchmarkFigureName =
  | "alpha"
  | "beta"
  | "benchmarkCorrelation"
  | "informationRatio"
  | "trackingError";

/** A run against a benchmark, from the returns of the bars that both have. */
export const BENCHMARK_DEFINITIONS: Record<BenchmarkFigureName, FigureDefinition> = {
  alpha: {
    label: "Alpha",
    unit: "% a year",
    format: "percent",
    definition: "What the strategy earned that the benchmark does not explain.",
    computation:
      "Intercept of the least-squares line of excess returns on the benchmark's excess returns, scaled to a year.",
    good: "Above 0 by more than its own uncertainty.",
    caveat: "Small beside its standard error in any run of a few months.",
  },
  beta: {
    label: "Beta",
    unit: "ratio",
    format: "number",
    definition: "How much the strategy moves when the benchmark moves by one.",
    computation: "Slope of the same line.",
    good: "Near 0 for a pair that is meant to be neutral.",
    caveat: "An average: it can be high in the worst week and low else.",
  },
  benchmarkCorrelation: {
    label: "Correlation with the benchmark",
    unit: "of returns",
    format: "number",
    definition: "How closely the strategy follows the benchmark from bar to bar.",
    computation: "Pearson's correlation of the returns of both.",
    good: "Near 0: it adds something that holding the benchmark does not.",
    caveat: "Bars without a position count as returns of 0 and pull it towards 0.",
  },
  informationRatio: {
    label: "Information ratio",
    unit: "annualised",
    format: "number",
    definition: "The return above the benchmark for each unit of its swings.",
    computation:
      "Mean difference of returns ÷ standard deviation of the difference × √(periods per year).",
    good: "Above 0.5.",
    caveat: "A strategy of low risk looks bad against a benchmark that swings upwards.",
  },
  trackingError: {
    label: "Tracking error",
    unit: "% a year",
    format: "percent",
    definition: "How far the strategy's returns stray from the benchmark's.",
    computation: "Standard deviation of the difference of returns × √(periods per year).",
    good: "Neither good nor bad: it is the size of the bet against the benchmark.",
    caveat: "Large for every neutral strategy against a market that moves.",
  },
};
