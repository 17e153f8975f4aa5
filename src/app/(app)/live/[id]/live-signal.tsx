import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import { Badge } from "#ui/badge.tsx";
import { Panel } from "#ui/panel.tsx";
import type { Tone } from "#ui/tone.ts";
import { DECAY, GUARDS, guardInWords, QUALITIES, SIGNALS } from "../live-words.ts";

type Props = { pair: WatchedPairView; snapshot: LiveSnapshot | null };

/** The signal and how far it can be trusted, at a glance: as high whatever it says. */
export function LiveSignal({ snapshot }: Pick<Props, "snapshot">) {
  const quality = snapshot?.quality ?? null;
  const decay = snapshot?.decay ?? null;
  return (
    <Panel title="Signal">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Verdict label="Signal" verdict={SIGNALS[snapshot?.signal ?? "none"]} />
        <Verdict label="Quality" verdict={quality === null ? null : QUALITIES[quality.quality]} />
        <Verdict label="Guard" verdict={quality === null ? null : GUARDS[quality.guard]} />
        <Verdict label="Decay" verdict={decay === null ? null : DECAY[decay.verdict]} />
      </dl>
    </Panel>
  );
}

function Verdict(props: { label: string; verdict: { label: string; tone: Tone } | null }) {
  const { label, verdict } = props;
  return (
    <div className="min-w-0">
      <dt className="mb-0.5 text-xs text-muted">{label}</dt>
      <dd className="text-sm">
        {verdict === null ? "–" : <Badge tone={verdict.tone}>{verdict.label}</Badge>}
      </dd>
    </div>
  );
}

/** Why the signal is what it is. It grows and shrinks, so that it stands below what is read all the time. */
export function LiveReasons({ pair, snapshot }: Props) {
  const { help } = SIGNALS[snapshot?.signal ?? "none"];
  const quality = snapshot?.quality ?? null;
  const reasons = snapshot?.decay?.reasons ?? [];
  return (
    <Panel title="Why">
      <div className="flex flex-col gap-2 text-[13px] text-muted">
        <p>{help.replace("Y", pair.symbolY).replace(" X ", ` ${pair.symbolX} `)}</p>
        {quality === null ? null : <p>{guardInWords(quality)}</p>}
        {reasons.length === 0 ? null : (
          <ul className="list-disc pl-5">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
