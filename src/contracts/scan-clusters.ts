import { z } from "zod";

/** One instrument on the cluster map. Coordinates have no unit; near means alike. */
export const ClusterPoint = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  /** 0, 1, …; −1 for noise, which makes no pairs. */
  cluster: z.number().int(),
  pca: z.tuple([z.number(), z.number()]),
  /** null for more instruments than a map of neighbours is drawn for. */
  tsne: z.tuple([z.number(), z.number()]).nullable(),
  /** How well it lies in its cluster, in [−1, 1]; null for noise. Absent in scans from before it was kept. */
  silhouette: z.number().nullable().optional(),
});
export type ClusterPoint = z.infer<typeof ClusterPoint>;

/** The clusters of a scan, with what their components explain. */
export const ScanClusters = z.object({
  points: z.array(ClusterPoint),
  /** Share of the returns' variance by component, descending. */
  explainedVarianceRatio: z.array(z.number()),
  clusterCount: z.number().int(),
  /** Mean silhouette of the instruments in clusters; null with fewer than two clusters. */
  silhouette: z.number().nullable().optional(),
});
export type ScanClusters = z.infer<typeof ScanClusters>;
