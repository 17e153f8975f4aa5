/**
 * A text under a name in an answer of unknown shape; null when there is none. For the few answers that
 * every page reads: a schema library for them would be a third of what the page loads.
 */
export function textFieldOf(answer: unknown, name: string): string | null {
  const value = fieldOf(answer, name);
  return typeof value === "string" ? value : null;
}

/** Whatever is under a name in an answer of unknown shape; undefined when there is nothing. */
export function fieldOf(answer: unknown, name: string): unknown {
  if (typeof answer !== "object" || answer === null) return undefined;
  return Reflect.get(answer, name);
}
