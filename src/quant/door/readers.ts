import { type Reader, required } from "./arguments.ts";
import { DoorError } from "./door-error.ts";

/**
 * A finite number.
 *
 * @param value what came
 * @param name of the argument
 * @returns the number
 * @throws {DoorError} "bad-argument": missing or no number; "not-finite": 1e999 and the like
 */
export function number(value: unknown, name: string): number {
  if (typeof required(value, name) !== "number") {
    throw new DoorError("bad-argument", `${name} must be a number`);
  }
  const read = Number(value);
  if (!Number.isFinite(read)) throw new DoorError("not-finite", `${name} is not finite`);
  return read;
}

/**
 * true or false.
 *
 * @param value what came
 * @param name of the argument
 * @returns the value
 * @throws {DoorError} "bad-argument": missing or neither
 */
export function flag(value: unknown, name: string): boolean {
  if (typeof required(value, name) !== "boolean") {
    throw new DoorError("bad-argument", `${name} must be true or false`);
  }
  return value === true;
}

/**
 * Reader of one of a few words or numbers.
 *
 * @param choices all that there are
 * @returns reader of a choice
 */
export function oneOf<const Choices extends readonly (string | number)[]>(
  ...choices: Choices
): Reader<Choices[number]> {
  return (value, name) => {
    required(value, name);
    const choice = choices.find((each) => each === value);
    if (choice !== undefined) return choice;
    throw new DoorError("bad-argument", `${name} must be one of ${choices.join(", ")}`);
  };
}

/**
 * Reader of a number, or of one of a few words instead.
 *
 * @param words all that there are
 * @returns reader of either
 */
export function numberOr<const Word extends string>(
  ...words: readonly Word[]
): Reader<number | Word> {
  return (value, name) => {
    if (typeof required(value, name) === "number") return number(value, name);
    const word = words.find((each) => each === value);
    if (word !== undefined) return word;
    throw new DoorError("bad-argument", `${name} must be a number or ${words.join(", ")}`);
  };
}

/**
 * Reader of a word that has other names.
 *
 * @param names what each name stands for
 * @returns reader of what the name stands for
 */
export function named<const Choice extends string>(
  names: Readonly<Record<string, Choice>>,
): Reader<Choice> {
  return (value, name) => {
    required(value, name);
    const choice =
      typeof value === "string" && Object.hasOwn(names, value) ? names[value] : undefined;
    if (choice !== undefined) return choice;
    throw new DoorError("bad-argument", `${name} must be one of ${Object.keys(names).join(", ")}`);
  };
}
