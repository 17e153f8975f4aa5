/** Which rows are chosen, by row id, held by the page. */
export type TableSelection = {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
};

/** The set with these ids added or taken out. */
export function setAll(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  isSelected: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const id of ids) {
    if (isSelected) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** The box in the header that stands for all shown rows. */
export type HeadSelection = {
  all: boolean;
  some: boolean;
  label: string;
  onToggle: (isSelected: boolean) => void;
};

export function headSelection(
  selection: TableSelection | undefined,
  rows: readonly { id: string }[],
  rowsLabel: string,
): HeadSelection | undefined {
  if (selection === undefined) return undefined;
  const { selected, onChange } = selection;
  const ids = rows.map(({ id }) => id);
  return {
    all: ids.length > 0 && ids.every((id) => selected.has(id)),
    some: ids.some((id) => selected.has(id)),
    label: `Select all shown ${rowsLabel}`,
    onToggle: (isSelected) => onChange(setAll(selected, ids, isSelected)),
  };
}
