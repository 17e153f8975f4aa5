import type { TrainingOptions } from "../training-data.ts";

/**
 * Progress of a part of some work.
 *
 * @param options of the whole
 * @param from share that is done before the part
 * @param share that the part is of the whole
 * @returns options with an `onProgress` for the part, where the whole has one
 */
export function progressWithin(
  { onProgress }: Pick<TrainingOptions, "onProgress">,
  from: number,
  share: number,
): Pick<TrainingOptions, "onProgress"> {
  if (onProgress === undefined) return {};
  return { onProgress: (done) => onProgress(from + share * done) };
}
