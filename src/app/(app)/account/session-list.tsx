"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { SessionView } from "#contracts/account.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { browserName } from "./browser-name.ts";

export function SessionList() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data: sessions } = useSuspenseQuery(trpc.account.sessions.queryOptions());
  const outcome = {
    onSuccess: () => queryClient.invalidateQueries(trpc.account.sessions.queryFilter()),
    onError: (error: unknown) =>
      toast({
        title: "The session was not ended",
        description: errorWords(error).message,
        tone: "bad",
      }),
  };
  const revoke = useMutation(trpc.account.revokeSession.mutationOptions(outcome));
  const revokeOthers = useMutation(trpc.account.revokeOtherSessions.mutationOptions(outcome));
  return (
    <Panel
      title="Sessions"
      lead="Where you are signed in. A session that is ended is signed out at once."
      actions={
        sessions.length > 1 ? (
          <Button size="sm" busy={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
            End all others
          </Button>
        ) : undefined
      }
      flush
    >
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isBusy={revoke.isPending && revoke.variables.id === session.id}
            onEnd={() => revoke.mutate({ id: session.id })}
          />
        ))}
      </ul>
    </Panel>
  );
}

type SessionRowProps = { session: SessionView; isBusy: boolean; onEnd: () => void };

function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const name = browserName(session.userAgent);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2" title={session.userAgent}>
          {name}
          {session.current ? <Badge tone="accent">This one</Badge> : null}
        </p>
        <p className="text-muted text-xs">
          Signed in <Time ms={session.createdAtMs} />, last seen <Time ms={session.seenAtMs} />
        </p>
      </div>
      {session.current ? null : (
        <Button size="sm" busy={isBusy} aria-label={`End the session in ${name}`} onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  );
}
