import type { Metadata } from "next";
import { serverEnv } from "#server/env.ts";
import { HydrateClient, prefetch, trpc } from "../../../trpc-server.ts";
import { UploadPageView } from "./upload-page-view.tsx";

export const metadata: Metadata = { title: "Upload prices" };

export default function UploadPage() {
  prefetch(trpc.uploads.list.queryOptions());
  return (
    <HydrateClient>
      <UploadPageView byteLimit={serverEnv().UPLOAD_MAX_BYTES} />
    </HydrateClient>
  );
}
