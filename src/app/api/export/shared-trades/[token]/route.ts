import { exportSharedTradesEndpoint } from "#server/rest/export-endpoints.ts";

type Route = { params: Promise<{ token: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return exportSharedTradesEndpoint(request, (await params).token);
}
