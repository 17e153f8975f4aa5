import type { ScanClustering, ScanFunnelConfig } from "#contracts/scan-funnel.ts";
import { numberOf } from "../strategies/form-numbers.ts";

/** The funnel as typed: one field for each option of every kind, under the path of the contract. */
export type FunnelFormValues = {
  prices: ScanFunnelConfig["prices"];
  quality: { missingShareMax: string; frozenShareMax: string };
  clustering: {
    kind: ScanClustering["kind"];
    components: string;
    minSamples: string;
    epsMax: string;
    eps: string;
    xi: string;
    pairs: string;
  };
  test: {
    kind: ScanFunnelConfig["test"]["kind"];
    requiresUnitRoots: boolean;
    requiresJohansen: boolean;
    correction: "none" | "benjamini-hochberg" | "benjamini-yekutieli";
  };
  filters: Record<keyof ScanFunnelConfig["filters"], string>;
};

function optionalNumberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

/** What was typed as a candidate for the contract's schema. */
export function funnelCandidate({ prices, quality, clustering, test, filters }: FunnelFormValues) {
  return {
    preset: "custom" as const,
    prices,
    quality: {
      missingShareMax: numberOf(quality.missingShareMax),
      frozenShareMax: numberOf(quality.frozenShareMax),
    },
    clustering: clusteringCandidate(clustering),
    test: test.kind === "naive" ? { kind: test.kind } : { ...test, kind: test.kind },
    filters: {
      hurstMax: optionalNumberOf(filters.hurstMax),
      halfLifeBarsMax: optionalNumberOf(filters.halfLifeBarsMax),
      meanCrossingsMin: optionalNumberOf(filters.meanCrossingsMin),
      correlationMin: optionalNumberOf(filters.correlationMin),
    },
  };
}

function clusteringCandidate(values: FunnelFormValues["clustering"]): ScanClustering {
  const components = numberOf(values.components);
  const minSamples = numberOf(values.minSamples);
  switch (values.kind) {
    case "optics":
      return {
        kind: values.kind,
        components,
        minSamples,
        epsMax: optionalNumberOf(values.epsMax),
        xi: numberOf(values.xi),
      };
    case "dbscan":
      return { kind: values.kind, components, minSamples, eps: numberOf(values.eps) };
    case "distance":
    case "correlation":
      return { kind: values.kind, pairs: numberOf(values.pairs) };
    default:
      return { kind: values.kind };
  }
}

/** Where a kind of clustering or test has no such option, its field begins with this. */
const BLANK_CLUSTERING = {
  components: "5",
  minSamples: "3",
  epsMax: "5",
  eps: "1",
  xi: "0.05",
  pairs: "20",
};
const BLANK_TEST = {
  requiresUnitRoots: true,
  requiresJohansen: true,
  correction: "benjamini-hochberg",
} as const;

/** The fields of a funnel that is given. */
export function funnelFormValues(funnel: ScanFunnelConfig): FunnelFormValues {
  const { prices, quality, clustering, test, filters } = funnel;
  return {
    prices,
    quality: {
      missingShareMax: String(quality.missingShareMax),
      frozenShareMax: String(quality.frozenShareMax),
    },
    clustering: { ...BLANK_CLUSTERING, ...clusteringTexts(clustering) },
    test: { ...BLANK_TEST, ...test },
    filters: {
      hurstMax: textOf(filters.hurstMax),
      halfLifeBarsMax: textOf(filters.halfLifeBarsMax),
      meanCrossingsMin: textOf(filters.meanCrossingsMin),
      correlationMin: textOf(filters.correlationMin),
    },
  };
}

function clusteringTexts(clustering: ScanClustering) {
  switch (clustering.kind) {
    case "optics":
      return {
        kind: clustering.kind,
        components: String(clustering.components),
        minSamples: String(clustering.minSamples),
        epsMax: textOf(clustering.epsMax),
        xi: String(clustering.xi),
      };
    case "dbscan":
      return {
        kind: clustering.kind,
        components: String(clustering.components),
        minSamples: String(clustering.minSamples),
        eps: String(clustering.eps),
      };
    case "distance":
    case "correlation":
      return { kind: clustering.kind, pairs: String(clustering.pairs) };
    default:
      return { kind: clustering.kind };
  }
}

function textOf(value: number | null): string {
  return value === null ? "" : String(value);
}
