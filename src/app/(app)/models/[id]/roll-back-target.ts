import type { ModelEventView, ModelVersionView } from "#contracts/model.ts";

type History = {
  readonly versions: readonly Pick<ModelVersionView, "version" | "stage">[];
  /** Newest first. */
  readonly events: readonly Pick<ModelEventView, "version" | "toStage">[];
};

/** The version that a roll-back would make live: the last one that was; null when there is none. */
export function rollBackTarget({ versions, events }: History): number | null {
  const live = versions.find(({ stage }) => stage === "live")?.version;
  const before = events.find(({ toStage, version }) => toStage === "live" && version !== live);
  return before?.version ?? null;
}
