export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The market opens here; every index of a second, minute, hour or day counts from it. */
export const EPOCH_MS = Date.UTC(2020, 0, 1);
