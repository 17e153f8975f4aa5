"use client";

import { useEffect, useRef } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";

/**
 * Keeps what was typed over a reload of the page, in this tab only. Returns what forgets it, to be
 * called when the form has been saved.
 */
export function useFormDraft<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  name: string,
): () => void {
  const key = `draft:${name}`;
  // The form still reports changes while its page is being left.
  const isForgotten = useRef(false);
  // Synchronises the form with the tab's session storage, which React does not know.
  useEffect(() => {
    const saved = window.sessionStorage.getItem(key);
    if (saved !== null) form.reset(JSON.parse(saved), { keepDefaultValues: true });
    return form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty }) => {
        if (isDirty === true && !isForgotten.current)
          window.sessionStorage.setItem(key, JSON.stringify(values));
      },
    });
  }, [form, key]);
  return () => {
    isForgotten.current = true;
    window.sessionStorage.removeItem(key);
  };
}
