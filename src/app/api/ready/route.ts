import { readyEndpoint } from "#server/rest/health-endpoints.ts";

export const dynamic = "force-dynamic";
export const GET = readyEndpoint;
