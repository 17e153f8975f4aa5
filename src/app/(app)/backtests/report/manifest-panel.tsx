import type { ReportManifest } from "#contracts/report-view.ts";
import { formatDuration, formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { FactList } from "./fact-list.tsx";
import { NOT_SHARED } from "./report-words.ts";

/** What the result was made of: whoever has the same settings, data and code gets the same numbers. */
export function ManifestPanel(props: { manifest: ReportManifest; durationMs: number }) {
  const { manifest, durationMs } = props;
  return (
    <Panel
      title="Manifest"
      lead="Fingerprints (SHA-256) of settings, data and code. The same three give the same report."
      flush
    >
      <FactList
        facts={[
          {
            label: "Settings",
            value: manifest.configHash === null ? NOT_SHARED : <Hash value={manifest.configHash} />,
          },
          { label: "Data", value: <Hash value={manifest.dataHash} /> },
          { label: "Code", value: <Hash value={manifest.codeHash} /> },
          ...manifest.series.map(({ symbol, venue, contentHash, bars }) => ({
            label: `${symbol} (${venue === "demo" ? "synthetic" : venue}, ${formatInteger(bars)} bars)`,
            value: <Hash value={contentHash} />,
          })),
          { label: "Computed", value: <Time ms={manifest.computedAtMs} /> },
          { label: "Took", value: formatDuration(durationMs) },
        ]}
      />
    </Panel>
  );
}

function Hash({ value }: { value: string }) {
  return <code className="font-mono text-xs break-all select-all">{value}</code>;
}
