import { dbscan } from "../clustering/dbscan.ts";
import { type OpticsExtraction, optics } from "../clustering/optics.ts";
import {
  type PrincipalComponents,
  principalComponents,
} from "../clustering/principal-components.ts";
import { silhouette } from "../clustering/silhouette.ts";
import type { Matrix } from "../linalg/matrix.ts";
import { adjustedPValues } from "../multiple-testing/adjusted-p-values.ts";
import { optional } from "./arguments.ts";
import { doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { flag, named, number, numberOr, oneOf } from "./readers.ts";
import { matrix, series } from "./series-readers.ts";

/** Options of scikit-learn that change how neighbours are found, not which they are. */
const NEIGHBOUR_READERS = {
  metric: optional(oneOf("minkowski", "euclidean"), "minkowski"),
  p: optional(oneOf(2), 2),
  algorithm: optional(oneOf("auto", "ball_tree", "kd_tree", "brute"), "auto"),
  leafSize: optional(number, 30),
} as const;

/** Components, clusters and many tests at once. */
export const CLUSTERING_CALLS = {
  pca: doorCall(
    {
      matrix,
      nComponents: optional(number, undefined),
      whiten: optional(flag, false),
      svdSolver: optional(oneOf("auto", "full"), "auto"),
    },
    ({ matrix: data, nComponents, whiten }) =>
      pcaResult(
        principalComponents(data, {
          components: componentsOf(data, nComponents),
          beyondRank: "complete",
        }),
        whiten,
      ),
  ),
  optics: doorCall(
    {
      matrix,
      minSamples: optional(number, 5),
      maxEps: optional(numberOr("Infinity"), "Infinity"),
      clusterMethod: optional(oneOf("xi", "dbscan"), "xi"),
      eps: optional(number, undefined),
      xi: optional(number, 0.05),
      predecessorCorrection: optional(flag, true),
      minClusterSize: optional(number, undefined),
      compat: optional(oneOf("sklearn-1.2"), undefined),
      ...NEIGHBOUR_READERS,
    },
    (args) => {
      const epsMax = Number(args.maxEps);
      return optics(args.matrix, {
        minSamples: args.minSamples,
        epsMax,
        extraction: extractionOf({ ...args, eps: args.eps ?? epsMax }),
      });
    },
  ),
  dbscan: doorCall(
    {
      matrix,
      eps: optional(number, 0.5),
      minSamples: optional(number, 5),
      ...NEIGHBOUR_READERS,
    },
    ({ matrix: data, eps, minSamples }) => {
      const { labels, coreIndices } = dbscan(data, { eps, minSamples });
      const core = Array.from(coreIndices, (i) => rowsOf(data)[i]);
      return { labels, coreSampleIndices: coreIndices, components: core };
    },
  ),
  silhouette: doorCall({ matrix, labels: series }, ({ matrix: data, labels }) => {
    if (!labels.every(Number.isInteger)) {
      throw new DoorError("bad-argument", "labels must be whole numbers, −1 for noise");
    }
    const { score, samples } = silhouette(data, Int32Array.from(labels));
    return { score, samples, ...(score === null ? { reason: "fewer-than-two-clusters" } : {}) };
  }),
  adjustPValues: doorCall(
    {
      pValues: series,
      method: named({
        bonferroni: "bonferroni",
        holm: "holm",
        "benjamini-hochberg": "benjamini-hochberg",
        "benjamini-yekutieli": "benjamini-yekutieli",
        fdr_bh: "benjamini-hochberg",
        fdr_by: "benjamini-yekutieli",
      }),
    },
    ({ pValues, method }) => ({ adjusted: adjustedPValues(pValues, method) }),
  ),
} as const;

/** All unless told; a share below 1 asks for as many as carry that share of the variance. */
function componentsOf(data: Matrix, wanted: number | undefined): number {
  const { rows, columns } = data;
  const all = Math.min(rows, columns);
  if (wanted === undefined) return all;
  if (!(wanted > 0 && wanted < 1)) return wanted;
  const shares = principalComponents(data, {
    components: all,
    beyondRank: "complete",
  }).explainedVarianceRatio;
  let sum = 0;
  const enough = shares.findIndex((share) => {
    sum += share;
    return sum > wanted;
  });
  return enough < 0 ? all : enough + 1;
}

function pcaResult(found: PrincipalComponents, whiten: boolean) {
  const { components, scores, ...rest } = found;
  const scale = found.explainedVariance.map((variance) => {
    if (!whiten) return 1;
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
  return {
    ...rest,
    nComponents: components.rows,
    components: rowsOf(components),
    transformed: rowsOf(scores).map((row) => row.map((value, j) => value * scale[j]!)),
  };
}

function extractionOf(args: {
  readonly clusterMethod: "xi" | "dbscan";
  readonly eps: number;
  readonly xi: number;
  readonly predecessorCorrection: boolean;
  readonly minClusterSize: number | undefined;
  readonly compat: "sklearn-1.2" | undefined;
}): OpticsExtraction {
  const { clusterMethod, eps, xi, predecessorCorrection, minClusterSize, compat } = args;
  if (clusterMethod === "dbscan") {
    if (compat === undefined) return { method: "dbscan", eps };
    throw new DoorError("bad-argument", "compat has a meaning for the cluster method xi only");
  }
  return {
    method: "xi",
    xi,
    predecessorCorrection,
    ...(minClusterSize === undefined ? {} : { minClusterSize }),
    ...(compat === undefined ? {} : { compat }),
  };
}

function rowsOf({ rows, columns, values }: Matrix): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => values.subarray(i * columns, (i + 1) * columns));
}
