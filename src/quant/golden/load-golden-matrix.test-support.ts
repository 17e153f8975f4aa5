import { readFileSync } from "node:fs";

type StoredMatrix = { readonly data: unknown };

const stored = (
  JSON.parse(readFileSync(new URL("./series.json", import.meta.url), "utf8")) as {
    readonly series: Readonly<Record<string, StoredMatrix>>;
  }
).series;

/** A stored matrix by name, as rows. */
export function goldenRows(name: string): readonly (readonly number[])[] {
  const data = stored[name]?.data;
  if (!Array.isArray(data) || !Array.isArray(data[0])) throw new Error(`no golden matrix ${name}`);
  return data as readonly (readonly number[])[];
}
