"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { signOut } from "../../sign-out.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { NameForm } from "./name-form.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionList } from "./session-list.tsx";

/** Who you are here, and where you are signed in. */
export function AccountView() {
  const trpc = useTRPC();
  const { data: viewer } = useSuspenseQuery(trpc.account.me.queryOptions());
  if (viewer === null) return null;
  return (
    <>
      <PageHeader
        title="Account"
        lead={
          viewer.isGuest
            ? "You look around as a guest."
            : `Signed in as ${viewer.email ?? viewer.name}.`
        }
        actions={
          <Button variant="primary" onClick={() => void signOut()}>
            Sign out
          </Button>
        }
      />
      <div className="flex max-w-3xl flex-col gap-6">
        {viewer.isGuest ? (
          <Notice
            tone="warn"
            title="A guest has no password"
            action={
              <ButtonLink href="/sign-up" size="sm">
                Sign up
              </ButtonLink>
            }
          >
            When you sign out, the demo workspace cannot be opened again.
          </Notice>
        ) : (
          <>
            <NameForm name={viewer.name} />
            <PasswordForm />
          </>
        )}
        <SessionList />
      </div>
    </>
  );
}
