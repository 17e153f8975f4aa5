import type { ConfigGroup, ConfigRow } from "./config-rows.ts";

/** One setting in two versions, as text; "" where a version has no such setting. */
export type DiffRow = {
  readonly group: string;
  readonly label: string;
  readonly unit: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
};

type Keyed = ConfigRow & { readonly group: string };

/**
 * Every setting of two versions side by side, grouped as in the form. A setting that only one of them
 * has (of another kind, or of a choice that the other does not make) stands with the other side empty.
 */
export function settingsDiff(
  before: readonly ConfigGroup[],
  after: readonly ConfigGroup[],
): DiffRow[] {
  const left = rowsOf(before);
  const right = rowsOf(after);
  const keys = merged([...left.keys()], [...right.keys()]);
  return keys.map((key) => {
    const a = left.get(key);
    const b = right.get(key);
    const { group = "", label = "", unit = "" } = b ?? a ?? {};
    return {
      group,
      label,
      unit,
      before: a?.value ?? "",
      after: b?.value ?? "",
      changed: a?.value !== b?.value || a?.exact !== b?.exact,
    };
  });
}

function rowsOf(groups: readonly ConfigGroup[]): Map<string, Keyed> {
  return new Map(
    groups.flatMap(({ title, rows }) =>
      rows.map((row): [string, Keyed] => [
        [title, row.label, row.unit].join("|"),
        { ...row, group: title },
      ]),
    ),
  );
}

/** Both orders in one: what only the second has stands after what it follows there. */
function merged(first: readonly string[], second: readonly string[]): string[] {
  const keys = [...first];
  second.forEach((key, place) => {
    if (keys.includes(key)) return;
    const previous = second[place - 1];
    const at = previous === undefined ? -1 : keys.indexOf(previous);
    keys.splice(at + 1, 0, key);
  });
  return keys;
}
