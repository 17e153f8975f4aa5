/** Times and sizes of the live loop; configuration, so that tests can shorten them. */
export type LiveTimes = {
  /** How long a pair is ours without a renewal, ms; renewed three times as often. */
  readonly leaseMs: number;
  /** Shortest distance between two snapshots of a pair, ms. */
  readonly snapshotMs: number;
  /** How often is looked by itself at what notifications tell, ms. */
  readonly pollMs: number;
  /** A leg of which the feed has heard nothing for so long, not even that it was quiet, is stale, ms. */
  readonly staleAfterMs: number;
  /** How often a pair is made anew from its stored bars, which may have been amended, ms per 1,000 bars. */
  readonly recheckMs: number;
  /** How often that is done while a pair has too few bars, ms. */
  readonly hungryMs: number;
  /** Pairs that this process takes at most. */
  readonly pairsMax: number;
  /** Bars of a pair that are made good for the rules on it after nobody computed it, at most: the newest. */
  readonly caughtUpBarsMax: number;
};

export const LIVE_TIMES: LiveTimes = {
  leaseMs: 6_000,
  snapshotMs: 250,
  pollMs: 1_000,
  staleAfterMs: 30_000,
  recheckMs: 30_000,
  hungryMs: 3_000,
  pairsMax: 1_000,
  // An hour of seconds: a pair's figures of so many bars take some seconds.
  caughtUpBarsMax: 3_600,
};
