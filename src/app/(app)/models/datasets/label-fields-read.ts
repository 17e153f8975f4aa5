import type { SpecValues } from "./spec-values.ts";

/**
 * Why a field of a label is not read as the others stand; null when it is.
 *
 * @param typed the label
 * @param field of its values
 */
export function unreadLabelWhy(
  { kind, sources, values }: SpecValues,
  field: string,
): string | null {
  const isShare = kind === "change" && values["form"] !== "difference";
  switch (field) {
    case "hedge":
      return sources["of"] === "spread" ? null : "Read of the spread only.";
    case "unit":
      return isShare ? "A share of the column has no other unit." : null;
    case "windowBars": {
      const isOfMean = kind === "triple-barrier" && values["side"] === "reversion";
      const isScaled = values["unit"] !== "absolute" && !isShare;
      return isScaled || isOfMean ? null : "Read with a unit of standard deviations only.";
    }
    default:
      return null;
  }
}
