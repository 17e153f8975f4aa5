import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { BacktestTable } from "../backtest-table.tsx";

export const metadata: Metadata = { title: "Backtests" };

export default async function BacktestsPage() {
  await requireViewer();
  prefetch(trpc.backtests.list.queryOptions({}));
  return (
    <HydrateClient>
      <PageHeader
        title="Backtests"
        lead="What each version of a strategy would have done on the data, after all costs. Choose rows to compare them, run them again or delete them."
        actions={
          <ButtonLink href="/backtests/new" variant="primary">
            Start backtests
          </ButtonLink>
        }
      />
      <BacktestTable />
    </HydrateClient>
  );
}
