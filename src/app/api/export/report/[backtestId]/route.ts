import { exportReportSeries, seriesExportEndpoint } from "#server/rest/series-export.ts";

type Route = { params: Promise<{ backtestId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return seriesExportEndpoint(request, (await params).backtestId, exportReportSeries);
}
