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
  if (Array.isArray(value)) return value.map(jsonValue);
  if (isList(value)) return Array.from(value, jsonValue);
  return isRecord(value) ? jsonResult(value) : null;
}

function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** Why a value, or one inside its arrays, is null in JSON; null when none is. */
function reasonOf(value: unknown): string | null {
  if (typeof value !== "number" && !isList(value)) return null;
  const reasons = new Set<string>();
  collectReasons(value, reasons);
  return reasons.size === 0 ? null : [...reasons].join(" or ");
}

/** One set for all: a state a bar of a million bars is a million small arrays. */
function collectReasons(value: unknown, reasons: Set<string>): void {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    reasons.add(Number.isNaN(value) ? "no value" : value > 0 ? "infinity" : "minus infinity");
  } else if (isList(value)) {
    for (let i = 0; i < value.length; i++) collectReasons(value[i], reasons);
  }
}
