import { exportLive } from "#server/rest/live-export.ts";
import { seriesExportEndpoint } from "#server/rest/series-export.ts";

type Route = { params: Promise<{ watchedPairId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return seriesExportEndpoint(request, (await params).watchedPairId, exportLive);
}
