import type { AlertSubject } from "./alert.ts";

/** Where a person looks when an alert tells of this: a path of the application. */
export function alertHref(subject: AlertSubject): string {
  switch (subject.kind) {
    case "pair":
      return `/live/${subject.watchedPairId}`;
    case "feed":
      return subject.metric === "price" ? `/markets/ticker/${subject.instrumentId}` : "/feed";
    case "job":
      return "/jobs";
  }
}
