import type { Verdict } from "#contracts/model.ts";
import { Badge } from "#ui/badge.tsx";
import { verdictWords } from "./verdict-words.ts";

/** Whether a model is of any use, in a badge; the numbers are on hover. */
export function VerdictBadge(props: { verdict: Verdict | null; isBaseline?: boolean }) {
  const { tone, short, title, sentences } = verdictWords(props.verdict, props.isBaseline);
  return (
    <Badge tone={tone} title={`${title}. ${sentences.join(" ")}`}>
      {short}
    </Badge>
  );
}
