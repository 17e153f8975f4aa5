"use client";

import {
  type ComponentType,
  createContext,
  type MouseEventHandler,
  type ReactNode,
  type Ref,
  useContext,
} from "react";

export type UiLinkProps = {
  href: string;
  className?: string | undefined;
  children?: ReactNode;
  title?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-current"?: "page" | undefined;
  ref?: Ref<HTMLAnchorElement> | undefined;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
};

function PlainLink(props: UiLinkProps) {
  return <a {...props} />;
}

const LinkContext = createContext<ComponentType<UiLinkProps>>(PlainLink);

/** Hands the router's link to this layer, which knows no router. */
export function LinkProvider(props: {
  component: ComponentType<UiLinkProps>;
  children: ReactNode;
}) {
  return <LinkContext value={props.component}>{props.children}</LinkContext>;
}

export function UiLink(props: UiLinkProps) {
  const Link = useContext(LinkContext);
  return <Link {...props} />;
}
