import type { ModelStage } from "#contracts/model.ts";
import { Badge } from "#ui/badge.tsx";
import { MODEL_STAGES } from "./model-stages.ts";

/** Where a version stands. */
export function StageBadge({ stage }: { stage: ModelStage }) {
  const { label, tone, help } = MODEL_STAGES[stage];
  return (
    <Badge tone={tone} title={help}>
      {label}
    </Badge>
  );
}
