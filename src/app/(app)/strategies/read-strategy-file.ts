import type { z } from "zod";
import { StrategyFile } from "#contracts/strategy.ts";

/** A file that was read, or why it is none of ours, as a sentence. */
export type StrategyFileReading =
  | { readonly kind: "read"; readonly file: StrategyFile }
  | { readonly kind: "refused"; readonly message: string };

/** Larger than any strategy with all its dividends. */
export const STRATEGY_FILE_BYTES_MAX = 5_000_000;

/** Reads the text of an exported strategy; whether its instruments are here the server says. */
export function readStrategyFile(text: string): StrategyFileReading {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Where JSON breaks off is of no use to whoever chose a wrong file.
    return { kind: "refused", message: "The file is not JSON." };
  }
  const parsed = StrategyFile.safeParse(document);
  if (parsed.success) return { kind: "read", file: parsed.data };
  return { kind: "refused", message: sentenceOf(parsed.error.issues) };
}

function sentenceOf(issues: readonly z.core.$ZodIssue[]): string {
  const [first] = issues;
  if (first === undefined) return "The file is no strategy.";
  const [head] = first.path;
  if (head === undefined || head === "format") {
    return "The file is no strategy that was exported from here.";
  }
  if (head === "version") return "The file is of a later version than this one can read.";
  const left = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `${first.path.join(".")}: ${first.message}${left}.`;
}
