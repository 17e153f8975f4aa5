import type { JobState, JobView } from "#contracts/job.ts";
import { Badge } from "./badge.tsx";
import type { Tone } from "./tone.ts";

const LABELS: Record<JobState, { tone: Tone; label: string }> = {
  queued: { tone: "neutral", label: "Queued" },
  running: { tone: "accent", label: "Running" },
  succeeded: { tone: "good", label: "Done" },
  failed: { tone: "bad", label: "Failed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

export function JobStateBadge(props: { job: Pick<JobView, "state"> }) {
  const { tone, label } = LABELS[props.job.state];
  return <Badge tone={tone}>{label}</Badge>;
}
