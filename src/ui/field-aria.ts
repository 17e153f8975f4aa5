/** Ties a control to the help and error that Field draws under it. */
export function fieldAria(id: string, state: { help: boolean; error: boolean }) {
  const described = [state.error ? `${id}-error` : "", state.help ? `${id}-help` : ""]
    .filter((part) => part !== "")
    .join(" ");
  return {
    "aria-invalid": state.error || undefined,
    "aria-describedby": described === "" ? undefined : described,
  };
}

/** One look for every control that takes text. */
export const CONTROL_CLASS =
  "h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-text placeholder:text-muted/80 disabled:opacity-60 aria-invalid:border-bad";
