import { isRecord } from "./arguments.ts";
import type { DoorResult } from "./door-call.ts";

/** A JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * A result as JSON, in full precision.
 *
 * Typed arrays become arrays. JSON has no NaN and no infinity: both become null, and an object that
 * so lost a value says in `reason` which and why, unless it already has one.
 *
 * @param result of a call
 * @returns the same as JSON
 */
export function jsonResult(result: DoorResult): Readonly<Record<string, Json>> {
  const entries = Object.entries(result).filter(([, value]) => value !== undefined);
  const json = Object.fromEntries(entries.map(([key, value]) => [key, jsonValue(value)]));
  const lost = entries.flatMap(([key, value]) => {
    const why = reasonOf(value);
    return why === null ? [] : [`${key}: ${isList(value) ? "null is " : ""}${why}`];
  });
  if (lost.length === 0 || Object.hasOwn(json, "reason")) return json;
  return { ...json, reason: lost.join("; ") };
}

function jsonValue(value: unknown): Json {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (isList(value)) return Array.from(value, jsonValue);
  return isRecord(value) ? jsonResult(value) : null;
}

function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** Why a value, or one inside its arrays, is null in JSON; null when none is. */
function reasonOf(value: unknown): string | null {
  if (typeof value === "number") {
    if (Number.isNaN(value)) return "no value";
    if (Number.isFinite(value)) return null;
    return value > 0 ? "infinity" : "minus infinity";
  }
  if (!isList(value)) return null;
  const reasons = new Set(Array.from(value, reasonOf));
  reasons.delete(null);
  return reasons.size === 0 ? null : [...reasons].join(" or ");
}
