"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { Button } from "#ui/button.tsx";
import { signInElsewhere } from "../sign-in-action.ts";
import { useTRPC } from "../trpc-client.tsx";

/** Other ways in, where this installation has been given keys for them. */
export function ProviderButtons({ destination }: { destination: string }) {
  const trpc = useTRPC();
  const { data: providers } = useSuspenseQuery(trpc.account.providers.queryOptions());
  const offered = [
    { id: "google", label: "Continue with Google", isOffered: providers.google },
    { id: "github", label: "Continue with GitHub", isOffered: providers.github },
  ].filter(({ isOffered }) => isOffered);
  return offered.map(({ id, label }) => (
    <Button key={id} onClick={() => void signInElsewhere(id, destination)}>
      {label}
    </Button>
  ));
}
