import { exportTradesEndpoint } from "#server/rest/export-endpoints.ts";

type Route = { params: Promise<{ backtestId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return exportTradesEndpoint(request, (await params).backtestId);
}
