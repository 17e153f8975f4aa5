import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#ui/button-class.ts";

type ButtonLinkProps = Omit<ComponentProps<typeof Link>, "className"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
};

/** A link that looks like a button: for going somewhere, where a button is for doing something. */
export function ButtonLink({ variant, size, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={buttonClass({ variant, size })} />;
}
