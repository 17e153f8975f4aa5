import { canonicalJson } from "./canonical-json.ts";
import type { ModelCard } from "./model.ts";

/** What all versions of a model share, so that the same question is answered. null: it is not known. */
export type AskedOfModel = Pick<ModelCard, "intervalMs"> & {
  readonly books: readonly (readonly unknown[])[];
  readonly label: string | null;
  readonly classes: readonly string[] | null;
  readonly subject?: ModelCard["subject"] | null;
};

const DIFFERENCES: readonly {
  readonly words: string;
  readonly of: (asked: AskedOfModel) => unknown;
}[] = [
  { words: "another number of legs", of: ({ books }) => books[0]?.length ?? null },
  { words: "bars of another interval", of: ({ intervalMs }) => intervalMs },
  { words: "another label", of: ({ label }) => label },
  { words: "a label with other settings", of: ({ subject }) => subject?.label ?? null },
  { words: "other classes", of: ({ classes }) => classes },
  { words: "a spread that is made in another way", of: ({ subject }) => subject?.spread ?? null },
];

/**
 * What one version has otherwise than another, so that both cannot be of one model.
 *
 * @returns in words, after "has"; null: nothing, and what one of them does not say is no difference
 */
export function modelDifference(known: AskedOfModel, other: AskedOfModel): string | null {
  const found = DIFFERENCES.find(({ of }) => {
    const [before, now] = [of(known), of(other)];
    return before !== null && now !== null && canonicalJson(before) !== canonicalJson(now);
  });
  return found?.words ?? null;
}
