"use client";

import { useEffect, useRef } from "react";

export type FormProblem = {
  message: string;
  /** Id of the control at fault, to go to it. */
  fieldId?: string | undefined;
};

/** Everything that stops a form, summed up at its top and announced; takes focus when it appears. */
export function FormErrors(props: {
  problems: readonly FormProblem[];
  title?: string | undefined;
}) {
  const { problems, title = "This could not be saved yet" } = props;
  const ref = useRef<HTMLDivElement>(null);
  const shown = problems.length > 0;
  // Moves the browser's focus to the summary when a submit was refused.
  useEffect(() => {
    if (shown) ref.current?.focus();
  }, [shown]);
  if (!shown) return null;
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="rounded-lg border border-bad/40 bg-bad-soft px-3.5 py-2.5 text-sm"
    >
      <p className="font-medium">{title}</p>
      <ul className="mt-1 list-disc pl-5">
        {problems.map(({ message, fieldId }) => (
          <li key={`${fieldId ?? ""}${message}`}>
            {fieldId === undefined ? (
              message
            ) : (
              <a href={`#${fieldId}`} className="underline">
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
