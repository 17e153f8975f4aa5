import { serverContext } from "#app/server-context.ts";
import { requestQueryClient } from "#app/trpc-server.ts";
import type { ReportResult } from "#contracts/report-view.ts";
import { createCaller } from "#server/root.ts";
import { reportSeriesKey, reportSeriesRequest, shownColumns } from "./report-series-request.ts";
import type { ReportSource } from "./report-source.ts";
import { zoomWindowOf } from "./zoom-window.ts";

/** Parameters of an address, as Next hands them to a page. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/**
 * Reads the series that the first charts of a report draw, so that it comes with the page: asked for by
 * the browser it would come after the scripts. Waited for, because what the server draws must be what the
 * browser starts with. What cannot be read here is asked for again by the browser.
 */
export async function prefetchReportSeries(
  source: ReportSource,
  report: Pick<ReportResult, "books" | "trades" | "analysis">,
  searchParams: SearchParams,
): Promise<void> {
  const params = await searchParams;
  const text = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value : null;
  };
  const columns = shownColumns(report, {
    book: text("book"),
    instrument: text("instrument"),
    trade: text("trade"),
    bench: text("bench"),
  });
  const zoom = zoomWindowOf(text("span"));
  const caller = createCaller(await serverContext());
  await Promise.all(
    (zoom === null ? [null] : [null, zoom]).map((window) => {
      const request = reportSeriesRequest(columns, window);
      return requestQueryClient().prefetchQuery({
        queryKey: reportSeriesKey(source, columns, window),
        queryFn: () =>
          source.kind === "own"
            ? caller.backtests.series({ id: source.id, ...request })
            : caller.shares.openSeries({ token: source.token, ...request }),
      });
    }),
  );
}
