import type { AlertSubject } from "./alert.ts";

/**
 * Where a person looks when an alert tells of this: a path of the application.
 *
 * @param watchedPairId of a pair rule: its place on the watchlist now; null when it has none
 */
export function alertHref(subject: AlertSubject, watchedPairId: string | null): string {
  switch (subject.kind) {
    case "pair":
      return watchedPairId === null ? "/alerts" : `/live/${watchedPairId}`;
    case "feed":
      return subject.metric === "price" ? `/markets/ticker/${subject.instrumentId}` : "/feed";
    case "job":
      return "/jobs";
  }
}
