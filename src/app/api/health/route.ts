import { healthEndpoint } from "#server/rest/health-endpoints.ts";

export const dynamic = "force-dynamic";
export const GET = healthEndpoint;
