import { readFileSync } from "node:fs";

type Stored = { readonly data: readonly unknown[] };

const { series } = JSON.parse(readFileSync(new URL("./series.json", import.meta.url), "utf8")) as {
  readonly series: Readonly<Record<string, Stored>>;
};

/** The columns of a stored matrix, by its name. */
export function goldenColumns(name: string): Float64Array[] {
  const rows = series[name]?.data as readonly (readonly number[])[] | undefined;
  const width = rows?.[0]?.length;
  if (rows === undefined || width === undefined) throw new Error(`no golden matrix ${name}`);
  return Array.from({ length: width }, (_, j) => Float64Array.from(rows, (row) => Number(row[j])));
}
