import { type ArgumentReaders, type ArgumentsOf, readArguments } from "./arguments.ts";

/** What a call answers, before it is written as JSON; see jsonResult. */
export type DoorResult = Readonly<Record<string, unknown>>;

/** A call of the door. */
export type DoorCall = {
  /**
   * What it is called when regressors or a series' own past determine each other: the design of one
   * regression is singular, several series that are compared are collinear.
   */
  readonly dependence: "singular" | "collinear";
  readonly answer: (args: unknown) => DoorResult;
};

/**
 * A call: its arguments and what it answers.
 *
 * @param readers one an argument
 * @param answer makes the result
 * @param dependence see DoorCall; "collinear" unless told
 * @returns the call
 */
export function doorCall<Readers extends ArgumentReaders>(
  readers: Readers,
  answer: (args: ArgumentsOf<Readers>) => DoorResult,
  dependence: DoorCall["dependence"] = "collinear",
): DoorCall {
  return { dependence, answer: (args) => answer(readArguments(args, readers)) };
}
