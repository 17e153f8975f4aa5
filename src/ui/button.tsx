"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class.ts";

export type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Shows that the action runs and refuses a second press, without losing focus. */
  busy?: boolean | undefined;
};

export function Button(props: ButtonProps) {
  const {
    variant,
    size,
    busy = false,
    className = "",
    children,
    onClick,
    type = "button",
    ...rest
  } = props;
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      className={`${buttonClass({ variant, size })} ${className}`}
      onClick={(event) => {
        // aria-disabled keeps focus on the button, so the second press must be stopped by hand.
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? (
        <LoaderCircle aria-hidden className="animate-spin motion-reduce:animate-none" />
      ) : null}
      {children}
    </button>
  );
}
