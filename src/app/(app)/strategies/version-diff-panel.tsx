"use client";

import { CheckboxField } from "#ui/checkbox-field.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import type { DiffRow } from "./settings-diff.ts";

type Props<Version> = {
  /** Newest first. */
  versions: readonly Version[];
  diffOf: (before: Version, after: Version) => readonly DiffRow[];
  /** How a second version comes about. */
  emptyWords: string;
};

/** Two versions side by side; what changed is marked by a word and a colour. */
export function VersionDiff<Version extends { readonly version: number }>({
  versions,
  diffOf,
  emptyWords,
}: Props<Version>) {
  const { params, set } = useUrlState();
  const [newest, previous] = versions;
  if (newest === undefined || previous === undefined) {
    return (
      <Panel>
        <EmptyState title="Nothing to compare yet">{emptyWords}</EmptyState>
      </Panel>
    );
  }
  const named = (key: string) => versions.find((one) => String(one.version) === params.get(key));
  const before = named("before") ?? previous;
  const after = named("after") ?? newest;
  const rows = diffOf(before, after);
  const isAll = params.get("rows") === "all";
  const shown = isAll ? rows : rows.filter(({ changed }) => changed);
  const changedCount = rows.filter(({ changed }) => changed).length;
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: `Version ${version}`,
  }));
  return (
    <Panel title="Two versions side by side">
      <div className="mb-4 grid max-w-md grid-cols-2 gap-4">
        <SelectField
          label="Before"
          options={options}
          value={String(before.version)}
          onChange={(event) => set({ before: event.target.value })}
        />
        <SelectField
          label="After"
          options={options}
          value={String(after.version)}
          onChange={(event) => set({ after: event.target.value })}
        />
      </div>
      <CheckboxField
        className="mb-3"
        label="Settings that are the same, too"
        checked={isAll}
        onChange={({ target }) => set({ rows: target.checked ? "all" : null })}
      />
      <p aria-live="polite" className="mb-2 text-sm text-muted">
        {changedCount === 0
          ? "The two are the same."
          : `${changedCount} ${changedCount === 1 ? "setting differs" : "settings differ"}.`}
      </p>
      <div className={shown.length === 0 ? "hidden" : "overflow-x-auto"}>
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b border-line text-left text-muted">
              <th scope="col" className="py-2 pr-4 font-medium">
                Setting
              </th>
              <th scope="col" className="py-2 pr-4 text-right font-medium">
                Version {before.version}
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                Version {after.version}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <DiffLine key={`${row.group} ${row.label} ${row.unit}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function DiffLine({ row }: { row: DiffRow }) {
  return (
    <tr className={`border-b border-line ${row.changed ? "bg-accent-soft" : ""}`}>
      <th scope="row" className="py-1.5 pr-4 pl-2 text-left font-normal">
        <span className="block text-xs text-muted">{row.group}</span>
        {row.label}
        {row.unit === "" ? null : <span className="text-xs text-muted"> ({row.unit})</span>}
        {row.changed ? <span className="sr-only">, changed</span> : null}
      </th>
      <td className="py-1.5 pr-4 text-right tabular-nums">{row.before || "–"}</td>
      <td className={`py-1.5 pr-2 text-right tabular-nums ${row.changed ? "font-semibold" : ""}`}>
        {row.after || "–"}
      </td>
    </tr>
  );
}
