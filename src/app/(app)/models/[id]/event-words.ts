import type { ModelEventView } from "#contracts/model.ts";
import { MODEL_STAGES } from "../model-stages.ts";

/** What happened to a version, in a sentence without a full stop. */
export function eventWords({ action, version, fromStage, toStage }: ModelEventView): string {
  const to = MODEL_STAGES[toStage].label.toLowerCase();
  const way =
    fromStage === null
      ? `to ${to}`
      : `from ${MODEL_STAGES[fromStage].label.toLowerCase()} to ${to}`;
  switch (action) {
    case "register":
      return `Version ${version} registered as ${to}`;
    case "import":
      return `Version ${version} imported as ${to}`;
    case "move":
      return `Version ${version} moved ${way}`;
    case "roll-back":
      return `Version ${version} moved ${way} by a roll-back`;
  }
}
