type Issue = {
  readonly code?: string | undefined;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly expected?: unknown;
  readonly format?: unknown;
};

/**
 * What the forms say where the schema has no words of its own. Handed to the resolver, so that a
 * schema's message comes first.
 */
export function inputWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" ? "Enter a whole number" : "Fill in this field";
    case "invalid_format":
      // Ids come of lists: nobody types one.
      return issue.format === "uuid" ? "Choose one of the list" : undefined;
    case "too_small":
      return typeof issue.minimum === "number"
        ? `At least ${issue.minimum.toLocaleString("en-US")}`
        : undefined;
    case "too_big":
      return typeof issue.maximum === "number"
        ? `At most ${issue.maximum.toLocaleString("en-US")}`
        : undefined;
    default:
      return undefined;
  }
}
