import type { LearningRunSummary } from "#contracts/learning-run.ts";

/** What each model of a run is called; several of one kind are numbered. */
export function modelNames(models: LearningRunSummary["models"]): ReadonlyMap<string, string> {
  return new Map(
    models.map(({ key, label }) => {
      const alike = models.filter((one) => one.label === label);
      const place = alike.findIndex((one) => one.key === key);
      return [key, alike.length === 1 ? label : `${label} (${place + 1})`];
    }),
  );
}
