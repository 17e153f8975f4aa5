import { exportModelEndpoint } from "#server/rest/export-endpoints.ts";

type Route = { params: Promise<{ versionId: string }> };

export async function GET(request: Request, { params }: Route): Promise<Response> {
  return exportModelEndpoint(request, (await params).versionId);
}
