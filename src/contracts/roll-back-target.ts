import type { ModelEventView } from "./model.ts";

/** What has happened to the versions of a model. */
type History = {
  /** null: none answers. */
  readonly live: number | null;
  /** Newest first. */
  readonly events: readonly Pick<ModelEventView, "version" | "action" | "toStage">[];
};

/**
 * The version that a roll-back makes live: the one that was so before the present one came; rolled back again
 * and again, it goes further back, and never forth to what was left. null when there is none.
 */
export function rollBackTarget({ live, events }: History): number | null {
  const earlier: number[] = [];
  for (const { version, action, toStage } of events.toReversed()) {
    if (toStage !== "live") continue;
    if (action === "roll-back") earlier.splice(1 + earlier.lastIndexOf(version));
    else earlier.push(version);
  }
  return earlier.findLast((version) => version !== live) ?? null;
}
