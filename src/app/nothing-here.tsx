import { Compass } from "lucide-react";
import { EmptyState } from "#ui/empty-state.tsx";
import { ButtonLink } from "./button-link.tsx";

/** What stands at an address without a page. */
export function NothingHere() {
  return (
    <>
      <title>Not found · Pairdesk</title>
      <EmptyState
        icon={<Compass />}
        title="There is nothing at this address"
        action={
          <ButtonLink href="/" variant="primary">
            Go to the start
          </ButtonLink>
        }
      >
        It may have been deleted, or it belongs to a workspace that you are not in.
      </EmptyState>
    </>
  );
}
