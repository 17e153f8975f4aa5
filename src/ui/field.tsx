import type { ReactNode } from "react";

export type FieldProps = {
  label: ReactNode;
  /** Id of the control; error and help have ids made from it, see fieldAria. */
  htmlFor: string;
  unit?: string | undefined;
  help?: ReactNode;
  error?: string | undefined;
  /** Marks what may stay empty; everything else must be filled. */
  optional?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

export function Field(props: FieldProps) {
  const { label, htmlFor, unit, help, error, optional = false, className = "", children } = props;
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={htmlFor} className="text-[13px] font-medium">
        {label}
        {unit === undefined ? null : <span className="ml-1 font-normal text-muted">({unit})</span>}
        {optional ? <span className="ml-1 font-normal text-muted">optional</span> : null}
      </label>
      {children}
      {error === undefined ? null : (
        <p id={`${htmlFor}-error`} className="text-[13px] text-bad">
          {error}
        </p>
      )}
      {help === undefined ? null : (
        <p id={`${htmlFor}-help`} className="text-[13px] text-muted">
          {help}
        </p>
      )}
    </div>
  );
}
