/** Times and sizes of the delivery to browsers; configuration, so that tests can shorten them. */
export type DeliveryTimes = {
  /** Shortest distance between two updates to one reader, ms. */
  readonly updateMs: number;
  /** How often is looked by itself at what notifications tell, ms. */
  readonly pollMs: number;
  /** How often sessions are checked, ms. */
  readonly sessionCheckMs: number;
  /** Sessions that could not be checked for so long are taken as ended, ms. */
  readonly sessionTrustMs: number;
  /** Streams of one person, and of all, in this process. */
  readonly streamsPerUserMax: number;
  readonly streamsMax: number;
};

export const DELIVERY_TIMES: DeliveryTimes = {
  updateMs: 100,
  pollMs: 2_000,
  sessionCheckMs: 20_000,
  sessionTrustMs: 60_000,
  streamsPerUserMax: 8,
  streamsMax: 2_000,
};
