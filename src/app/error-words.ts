import { fieldOf, textFieldOf } from "./text-field-of.ts";

const NO_ANSWER = "The server did not answer. Nothing was changed; try again in a moment.";

/** An error in words for the person, with the field at fault and the id under which the log has it. */
export type ErrorWords = {
  readonly message: string;
  readonly field: string | null;
  readonly errorId: string | null;
  readonly code: string | null;
};

/** What the server meant to say; anything else is a fault of the connection or ours. */
export function errorWords(error: unknown): ErrorWords {
  const data = fieldOf(error, "data");
  const message = textFieldOf(error, "message");
  if (typeof data !== "object" || data === null || message === null) {
    return { message: NO_ANSWER, field: null, errorId: null, code: null };
  }
  return {
    message,
    field: textFieldOf(data, "field"),
    errorId: textFieldOf(data, "errorId"),
    code: textFieldOf(data, "appCode"),
  };
}
