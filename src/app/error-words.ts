import { z } from "zod";

/** What the server adds to an error that it meant; anything else is a fault of the connection or ours. */
const ServerRefusal = z.object({
  message: z.string(),
  data: z.object({
    appCode: z.string().nullish(),
    field: z.string().nullish(),
    errorId: z.string().nullish(),
  }),
});

const NO_ANSWER = "The server did not answer. Nothing was changed; try again in a moment.";

/** An error in words for the person, with the field at fault and the id under which the log has it. */
export type ErrorWords = {
  readonly message: string;
  readonly field: string | null;
  readonly errorId: string | null;
  readonly code: string | null;
};

export function errorWords(error: unknown): ErrorWords {
  const { data: refusal } = ServerRefusal.safeParse(error);
  if (refusal === undefined) return { message: NO_ANSWER, field: null, errorId: null, code: null };
  const { message, data } = refusal;
  return {
    message,
    field: data.field ?? null,
    errorId: data.errorId ?? null,
    code: data.appCode ?? null,
  };
}
