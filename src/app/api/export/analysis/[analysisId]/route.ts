import { exportAnalysis, seriesExportEndpoint } from "#server/rest/series-export.ts";

type Route = { params: Promise<{ analysisId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return seriesExportEndpoint(request, (await params).analysisId, exportAnalysis);
}
