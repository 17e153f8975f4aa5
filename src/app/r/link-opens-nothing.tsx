import { Link2Off } from "lucide-react";
import { EmptyState } from "#ui/empty-state.tsx";
import { ButtonLink } from "../button-link.tsx";

/** What a link shows that is unknown, expired or revoked: which of them it is, nobody is told. */
export function LinkOpensNothing() {
  return (
    <>
      <title>This link does not open anything · Pairdesk</title>
      <EmptyState
        icon={<Link2Off />}
        title="This link does not open anything"
        action={<ButtonLink href="/">What is Pairdesk?</ButtonLink>}
      >
        It may have been revoked or have expired, or a part of it is missing. Ask whoever sent it
        for a new one.
      </EmptyState>
    </>
  );
}
