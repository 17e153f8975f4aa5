"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { PageHeader } from "#ui/page-header.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { useRecentJobs } from "../../../use-recent-jobs.ts";
import { DropZone } from "./drop-zone.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { ImportedPanel } from "./imported-panel.tsx";
import { SendingList } from "./sending-list.tsx";
import { inspectionOf, uploadStage } from "./upload-stage.ts";
import { useFileQueue } from "./use-file-queue.ts";

const POLL_MS = 800;

/** From files on a disk to series: send, look, correct, import. */
export function UploadPageView({ byteLimit }: { byteLimit: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const jobs = useRecentJobs();
  const { data: uploads } = useSuspenseQuery({
    ...trpc.uploads.list.queryOptions(),
    // A file that is being read or imported changes without anybody asking.
    refetchInterval: (query) =>
      query.state.data?.some(({ state }) => state === "received" || state === "importing") === true
        ? POLL_MS
        : false,
  });
  const queue = useFileQueue(byteLimit, () => {
    void queryClient.invalidateQueries(trpc.uploads.list.queryFilter());
    void queryClient.invalidateQueries(trpc.jobs.active.queryFilter());
  });
  const open = uploads
    .filter(({ state }) => state !== "imported")
    .map((upload) => ({ upload, stage: uploadStage(upload, inspectionOf(upload.id, jobs)) }));
  return (
    <>
      <PageHeader
        title="Upload prices"
        lead="Bring bars of open, high, low, close and volume, closes alone, or trades; look at how they are read, then import."
        breadcrumbs={[{ label: "Markets", href: "/markets" }]}
      />
      <div className="flex flex-col gap-6">
        <DropZone byteLimit={byteLimit} onFiles={queue.add} />
        <SendingList files={queue.files} onRemove={queue.remove} />
        <ImportPanel files={open} />
        <ImportedPanel
          uploads={uploads.filter(({ state }) => state === "imported")}
          isNextStep={open.length === 0}
        />
      </div>
    </>
  );
}
