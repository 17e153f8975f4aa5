import { exportReportEndpoint } from "#server/rest/export-endpoints.ts";

type Route = { params: Promise<{ backtestId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return exportReportEndpoint(request, (await params).backtestId);
}
