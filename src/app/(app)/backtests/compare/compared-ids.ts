import { COMPARED_MAX } from "#contracts/compared-max.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The backtests that an address names, each once; the first is what the others are held against. */
export function comparedIds(text: string | null): string[] {
  const ids = (text ?? "").toLowerCase().split(",");
  return [...new Set(ids.filter((id) => UUID.test(id)))].slice(0, COMPARED_MAX);
}

/** The same with another one first; the order of the rest stays. */
export function withReference(ids: readonly string[], reference: string): string[] {
  return ids.includes(reference) ? [reference, ...ids.filter((id) => id !== reference)] : [...ids];
}
