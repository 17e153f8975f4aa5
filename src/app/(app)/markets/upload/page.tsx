import type { Metadata } from "next";
import { serverEnv } from "#server/env.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { UploadPageView } from "./upload-page-view.tsx";

export const metadata: Metadata = { title: "Upload prices" };

export default async function UploadPage() {
  await requireViewer();
  prefetch(trpc.uploads.list.queryOptions());
  return (
    <HydrateClient>
      <UploadPageView byteLimit={serverEnv().UPLOAD_MAX_BYTES} />
    </HydrateClient>
  );
}
