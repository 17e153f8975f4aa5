import { exportPairsEndpoint } from "#server/rest/export-endpoints.ts";

type Route = { params: Promise<{ scanId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return exportPairsEndpoint(request, (await params).scanId);
}
