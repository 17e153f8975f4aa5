import { DoorError } from "./door-error.ts";

/**
 * Reads one argument: checks what JSON brought and turns it into what a function takes. `undefined`
 * is an argument that was not given.
 */
export type Reader<Value> = (value: unknown, name: string) => Value;

/** The arguments of a call by name; there are no others. */
export type ArgumentReaders = Readonly<Record<string, Reader<unknown>>>;

/** What the readers make of the arguments. */
export type ArgumentsOf<Readers extends ArgumentReaders> = {
  readonly [Name in keyof Readers]: ReturnType<Readers[Name]>;
};

/**
 * Reads the arguments of a call.
 *
 * null counts as not given: a default may so be written out.
 *
 * @param value what came as arguments
 * @param readers one an argument
 * @param path how messages call the object; empty for the arguments themselves
 * @returns the arguments by name
 * @throws {DoorError} "bad-argument": no object, an argument that there is not, or what a reader
 *   refuses; the message begins with the name of the argument
 */
export function readArguments<Readers extends ArgumentReaders>(
  value: unknown,
  readers: Readers,
  path = "",
): ArgumentsOf<Readers> {
  const given = record(value, path === "" ? "args" : path);
  const prefix = path === "" ? "" : `${path}.`;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(readers, name));
  if (unknown !== undefined) {
    throw new DoorError(
      "bad-argument",
      `${prefix}${unknown} is no argument here; there are ${Object.keys(readers).join(", ")}`,
    );
  }
  const read = Object.entries(readers).map(([name, reader]) => {
    const argument = Object.hasOwn(given, name) ? given[name] : undefined;
    return [name, reader(argument === null ? undefined : argument, `${prefix}${name}`)];
  });
  // The one place where names and types meet again: each reader made the value of its own name.
  return Object.fromEntries(read) as ArgumentsOf<Readers>;
}

/**
 * A JSON object.
 *
 * @param value what came
 * @param name how messages call it
 * @returns the object
 * @throws {DoorError} "bad-argument": it is none
 */
export function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new DoorError("bad-argument", `${name} must be an object`);
  return value;
}

/**
 * Whether a JSON value is an object, not an array and not null.
 *
 * @param value any JSON value
 * @returns true for an object
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * An argument that need not be given.
 *
 * @param reader reads it when it is
 * @param fallback stands for it when it is not
 * @returns reader of both
 */
export function optional<const Value, const Fallback>(
  reader: Reader<Value>,
  fallback: Fallback,
): Reader<Value | Fallback> {
  return (value, name) => (value === undefined ? fallback : reader(value, name));
}

/**
 * Reader of an object with arguments of its own.
 *
 * @param readers one an argument
 * @returns reader of the object
 */
export function group<Readers extends ArgumentReaders>(
  readers: Readers,
): Reader<ArgumentsOf<Readers>> {
  return (value, name) => readArguments(required(value, name), readers, name);
}

/**
 * An argument that must be given.
 *
 * @param value what came
 * @param name of the argument
 * @returns the value
 * @throws {DoorError} "bad-argument": it is missing
 */
export function required(value: unknown, name: string): unknown {
  if (value === undefined) throw new DoorError("bad-argument", `${name} is missing`);
  return value;
}
