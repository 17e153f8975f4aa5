import { trpcEndpoint } from "#server/rest/trpc-endpoint.ts";

export const GET = trpcEndpoint;
export const POST = trpcEndpoint;
