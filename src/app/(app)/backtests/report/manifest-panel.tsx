import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ReportAnalysis, ReportManifest } from "#contracts/report-view.ts";
import { formatDuration, formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { type Fact, FactList } from "./fact-list.tsx";
import { NOT_SHARED } from "./report-words.ts";

/** What the result was made of: whoever has the same settings, data and code gets the same numbers. */
export function ManifestPanel(props: {
  manifest: ReportManifest;
  analysis: ReportAnalysis | null;
  durationMs: number;
}) {
  const { manifest, analysis, durationMs } = props;
  return (
    <Panel
      title="Manifest"
      lead="Fingerprints (SHA-256) of settings, data and code. The same three give the same result."
      flush
    >
      <FactList
        facts={[
          { label: "Settings", value: hashOf(manifest.configHash) },
          {
            label: manifest.hashedBars === "read" ? "Data" : "Data (whole series as they stood)",
            value: hashOf(manifest.dataHash),
          },
          { label: "Code", value: hashOf(manifest.codeHash) },
          ...insideFacts(manifest.insideBars),
          ...runFacts(analysis),
          ...manifest.series.map(({ symbol, venue, contentHash, bars, intervalMs }) => ({
            label: `${symbol} (${venue === "demo" ? "synthetic" : venue}, ${formatInteger(bars)} ${intervalMs === undefined ? "" : `${intervalLabel(intervalMs)} `}bars)`,
            value: hashOf(contentHash),
          })),
          { label: "Computed", value: <Time ms={manifest.computedAtMs} /> },
          { label: "Took", value: formatDuration(durationMs) },
        ]}
      />
    </Panel>
  );
}

/** What decided about stops and limits inside bars; nothing where there were none. */
function insideFacts(insideBars: ReportManifest["insideBars"]): readonly Fact[] {
  if (insideBars === undefined) return [];
  return [{ label: "Stops and limits inside bars", value: insideText(insideBars) }];
}

function insideText({
  finerIntervalMs,
  reason,
  untold,
}: NonNullable<ReportManifest["insideBars"]>): string {
  if (finerIntervalMs === null) return `by the pessimistic path: ${reason}`;
  const along = `along bars of ${intervalLabel(finerIntervalMs)}, which decided what came first`;
  if (untold === undefined) return along;
  const bars = untold.bars === 1 ? "1 bar" : `${formatInteger(untold.bars)} bars`;
  return `${along}; by the pessimistic path in ${bars} that they do not tell`;
}

/** Of what the run did; a report from before they were taken has none. */
function runFacts(analysis: ReportAnalysis | null): readonly Fact[] {
  if (analysis === null) return [];
  const { hashes } = analysis;
  return [
    { label: "Orders of the run", value: hashOf(hashes?.orders ?? null) },
    { label: "Fills of the run", value: hashOf(hashes?.fills ?? null) },
    { label: "Equity of the run", value: hashOf(hashes?.equity ?? null) },
  ];
}

function hashOf(value: string | null) {
  if (value === null) return NOT_SHARED;
  return <code className="font-mono text-xs break-all select-all">{value}</code>;
}
