"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { LinkProvider } from "#ui/link-context.tsx";
import { ToastHost } from "#ui/toast.tsx";
import { PageLink } from "./page-link.tsx";
import { pageQueryClient } from "./query-client.ts";
import { createBrowserTrpcClient, TRPCProvider } from "./trpc-client.tsx";

/** What every page can use: server data, links without a reload, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const queryClient = pageQueryClient();
  const [trpcClient] = useState(createBrowserTrpcClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <LinkProvider component={PageLink}>
          <ToastHost>{children}</ToastHost>
        </LinkProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
