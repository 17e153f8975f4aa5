/** The JSON object that a line is, by its keys; null when it is none. */
export function jsonObject(line: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return new Map<string, unknown>(Object.entries(value));
  } catch {
    // Not JSON: the caller reports the line.
    return null;
  }
}

/** Values of an object under the given keys, as the cells of a row; what is not there is empty. */
export function jsonCells(object: ReadonlyMap<string, unknown>, keys: readonly string[]): string[] {
  return keys.map((key) => cellText(object.get(key)));
}

function cellText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.trim();
    case "number":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "" : "{…}";
    default:
      return "";
  }
}
