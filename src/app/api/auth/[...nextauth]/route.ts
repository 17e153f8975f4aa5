import { authEndpoint } from "#server/rest/auth-endpoint.ts";

export const GET = authEndpoint;
export const POST = authEndpoint;
