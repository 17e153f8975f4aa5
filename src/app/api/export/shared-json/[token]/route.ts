import { exportSharedReportEndpoint } from "#server/rest/export-endpoints.ts";

type Route = { params: Promise<{ token: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return exportSharedReportEndpoint(request, (await params).token);
}
