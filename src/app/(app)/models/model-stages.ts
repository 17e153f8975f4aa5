import type { ModelStage } from "#contracts/model.ts";
import type { Tone } from "#ui/tone.ts";

/** What the stages are called and what they say, in the order of a model's life. */
export const MODEL_STAGES: Readonly<
  Record<ModelStage, { readonly label: string; readonly tone: Tone; readonly help: string }>
> = {
  draft: { label: "Draft", tone: "neutral", help: "Just registered; nobody uses it." },
  candidate: { label: "Candidate", tone: "accent", help: "Under trial; nobody is answered by it." },
  live: {
    label: "Live",
    tone: "good",
    help: "Answers for the model: predictions and strategies use it from the next bar on.",
  },
  retired: { label: "Retired", tone: "neutral", help: "No longer used; kept for the record." },
};
