import type { FormProblem } from "#ui/form-errors.tsx";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * The errors of a form as one list for its top, each with the id of its field. Fields carry their
 * path as id, so that the list can lead to them.
 */
export function formProblems(
  errors: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
  prefix = "",
): FormProblem[] {
  const problems: FormProblem[] = [];
  for (const [key, error] of Object.entries(errors)) {
    if (!isRecord(error)) continue;
    const path = prefix + key;
    const message = error["message"];
    if (typeof message === "string" && message !== "") {
      const label = labels[path];
      problems.push({
        message: label === undefined ? message : `${label}: ${message}`,
        fieldId: path,
      });
    } else {
      // `ref` is the element and not a field below it.
      const { ref: _ref, ...below } = error;
      problems.push(...formProblems(below, labels, `${path}.`));
    }
  }
  return problems;
}
