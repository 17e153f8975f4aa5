import { uploadEndpoint } from "#server/rest/upload-endpoint.ts";

export const POST = uploadEndpoint;
