import type { Manifest } from "#contracts/manifest.ts";
import { formatInteger } from "#ui/format.ts";
import type { Fact } from "../backtests/report/fact-list.tsx";

/** Fingerprints of what was trained, each named by what it covers. */
export function manifestFacts(
  dataset: {
    /** Of its settings. */
    readonly configHash: string;
    /** Of its settings and the bars that were read; absent of what was trained before there was one. */
    readonly contentHash?: string | undefined;
  },
  manifest: Manifest,
): readonly Fact[] {
  const { contentHash } = dataset;
  return [
    { label: "Dataset, its settings alone", value: <Hash value={dataset.configHash} /> },
    ...(contentHash === undefined
      ? []
      : [
          {
            label: `Dataset, its settings and ${barsWords(manifest)}`,
            value: <Hash value={contentHash} />,
          },
        ]),
    { label: "Settings of dataset and run", value: <Hash value={manifest.configHash} /> },
    { label: `Data: ${barsWords(manifest)}`, value: <Hash value={manifest.dataHash} /> },
    { label: "Code", value: <Hash value={manifest.codeHash} /> },
    ...manifest.series.map(({ symbol, venue, contentHash: hash, bars }) => ({
      label: `${symbol} (${venue === "demo" ? "synthetic" : venue}, ${formatInteger(bars)} bars read)`,
      value: <Hash value={hash} />,
    })),
  ];
}

/** What the hashes of data are of. */
export function barsWords({ hashedBars }: Pick<Manifest, "hashedBars">): string {
  return hashedBars === "read"
    ? "the bars that were read"
    : "whole series as they stood, which other hashes follow as soon as one grows";
}

export function Hash({ value }: { value: string }) {
  return <code className="font-mono text-xs break-all select-all">{value}</code>;
}
