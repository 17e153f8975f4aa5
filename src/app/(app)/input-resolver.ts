import { toNestErrors } from "@hookform/resolvers";
import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";
import { inputWords } from "./strategies/input-words.ts";

/**
 * Resolver of a form whose fields are not the schema's own: a choice of kinds stands in one flat form,
 * and `toInput` makes of it what is sent. A fault is shown at the field of the same last name.
 */
export function inputResolver<Fields extends FieldValues, Output extends FieldValues>(
  schema: z.ZodType<Output>,
  toInput: (fields: Fields) => unknown,
): Resolver<Fields, unknown, Output> {
  return (fields, _context, options) => {
    const parsed = schema.safeParse(toInput(fields), { error: inputWords });
    if (parsed.success) return { values: parsed.data, errors: {} };
    const faults = parsed.error.issues.map(({ path, message }) => [
      String(path.at(-1) ?? "root"),
      { type: "schema", message },
    ]);
    return { values: {}, errors: toNestErrors(Object.fromEntries(faults), options) };
  };
}
