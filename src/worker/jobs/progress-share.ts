/** Part of a job's progress that one of its steps has. */
export type ProgressShare = { readonly from: number; readonly to: number };

/** Where a job stands when a step has done this share of its own work. */
export function progressWithin({ from, to }: ProgressShare, done: number): number {
  return from + (to - from) * done;
}
