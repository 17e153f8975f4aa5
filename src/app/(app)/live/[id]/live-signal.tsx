import type { LiveSnapshot, WatchedPairView } from "#contracts/live-message.ts";
import { Badge } from "#ui/badge.tsx";
import { Panel } from "#ui/panel.tsx";
import { DECAY, GUARDS, guardInWords, QUALITIES, SIGNALS } from "../live-words.ts";

/** The signal, how far it can be trusted, and whether the pair still holds. */
export function LiveSignal(props: { pair: WatchedPairView; snapshot: LiveSnapshot | null }) {
  const { pair, snapshot } = props;
  const { label, help, tone } = SIGNALS[snapshot?.signal ?? "none"];
  const quality = snapshot?.quality ?? null;
  const decay = snapshot?.decay ?? null;
  return (
    <Panel title="Signal">
      <div className="flex flex-col gap-3 text-sm">
        <p>
          <Badge tone={tone}>{label}</Badge>{" "}
          <span className="text-muted">
            {help.replace("Y", pair.symbolY).replace(" X ", ` ${pair.symbolX} `)}
          </span>
        </p>
        {quality === null ? null : (
          <>
            <p className="flex flex-wrap items-center gap-2">
              Quality
              <Badge tone={QUALITIES[quality.quality].tone}>
                {QUALITIES[quality.quality].label}
              </Badge>
              Guard
              <Badge tone={GUARDS[quality.guard].tone}>{GUARDS[quality.guard].label}</Badge>
            </p>
            <p className="text-[13px] text-muted">{guardInWords(quality)}</p>
          </>
        )}
        {decay === null ? null : (
          <div>
            <p className="flex items-center gap-2">
              The pair <Badge tone={DECAY[decay.verdict].tone}>{DECAY[decay.verdict].label}</Badge>
            </p>
            {decay.reasons.length === 0 ? null : (
              <ul className="mt-1 list-disc pl-5 text-[13px] text-muted">
                {decay.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
