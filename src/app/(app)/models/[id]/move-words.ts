import type { ModelStage } from "#contracts/model.ts";
import { MODEL_STAGES } from "../model-stages.ts";

/** Whether a text is the name of a stage. */
export function isStage(text: string): text is ModelStage {
  return Object.hasOwn(MODEL_STAGES, text);
}

/** Where a version can be moved to, in the order of a model's life. */
export function otherStages(from: ModelStage): readonly ModelStage[] {
  return Object.keys(MODEL_STAGES)
    .filter(isStage)
    .filter((stage) => stage !== from);
}

/** Where it is moved to most often: promoting has a button of its own. */
export function usualStage(from: ModelStage): ModelStage {
  return from === "candidate" ? "retired" : "candidate";
}

type Move = {
  readonly version: number;
  readonly from: ModelStage;
  readonly to: ModelStage;
  /** The version that is live now; null: none. */
  readonly live: number | null;
};

/** What a move changes for whoever uses the model. */
export function moveConsequence({ version, from, to, live }: Move): string {
  if (to === "live") {
    return live === null
      ? `No version is live. From now on version ${version} answers for the model.`
      : `It takes the place of version ${live}, which becomes a candidate. Whoever uses the model is answered by version ${version} from the next question on; nothing is restarted.`;
  }
  if (from === "live") {
    return "No version is live then: whoever asks the model gets no answer until another one is promoted.";
  }
  return "Nothing changes for whoever uses the model.";
}
