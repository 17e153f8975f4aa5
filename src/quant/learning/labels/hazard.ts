/** What can be wrong with a dataset; closed, so that every code can be mapped to a page of help. */
export type HazardCode =
  /** A feature counts bars forward. */
  | "feature-reads-the-future"
  /** The label is a rule of the present bar, and what it compares is among the features. */
  | "label-is-a-rule-of-the-features"
  /** The label is a rule of the present bar; its columns are not among the features as such. */
  | "label-reads-the-present-only"
  /** One feature alone tells the label without error. */
  | "label-told-by-a-feature"
  | "duplicated-columns"
  | "constant-feature"
  | "one-class"
  | "fewer-rows-than-look-back"
  | "duplicated-symbol"
  | "identical-series"
  /** Features read the whole past: rows cannot be kept apart by what they read. */
  | "unbounded-look-back"
  /** Nobody says when a given hedge ratio was known. */
  | "hedge-ratio-of-unknown-date";

/** Something that a user must know of before a model is trained, or that forbids it. */
export type Hazard = {
  readonly code: HazardCode;
  readonly severity: "refusal" | "warning";
  /** One plain sentence with the names in it, no full stop. */
  readonly message: string;
  /** Features, groups or symbols that it is about. */
  readonly names: readonly string[];
};

/**
 * Whether a dataset may be trained on.
 *
 * @param hazards all that were found
 * @returns the first that forbids it, or null
 */
export function refusalOf(hazards: readonly Hazard[]): Hazard | null {
  return hazards.find(({ severity }) => severity === "refusal") ?? null;
}
