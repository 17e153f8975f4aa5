import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#ui/button-class.ts";
import { PageLink } from "./page-link.tsx";

type ButtonLinkProps = Omit<ComponentProps<typeof PageLink>, "className"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
};

/** A link that looks like a button: for going somewhere, where a button is for doing something. */
export function ButtonLink({ variant, size, ...rest }: ButtonLinkProps) {
  return <PageLink {...rest} className={buttonClass({ variant, size })} />;
}
