"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import type { LearningRunView } from "#contracts/learning-run.ts";
import { ButtonLink } from "../../../../button-link.tsx";
import { ReportMenu } from "../../../backtests/report/report-menu.tsx";
import { useDeleteRun } from "../../use-delete-run.ts";
import { againHref, datasetHref } from "./run-hrefs.ts";

// Loaded when it is first opened: most who look at a run change nothing.
const RenameRunDialog = lazy(async () => ({
  default: (await import("./rename-run-dialog.tsx")).RenameRunDialog,
}));

/** What can be done with a run; nothing about its dataset where that was deleted. */
export function RunActions({ view }: { view: LearningRunView }) {
  const { id, name } = view;
  const router = useRouter();
  const remove = useDeleteRun();
  const [isRenaming, setRenaming] = useState(false);
  const onDelete = async () => {
    if (await remove(id, `“${name}”`)) router.push("/models?view=runs");
  };
  const dataset = datasetHref(view);
  const again = againHref(view);
  return (
    <>
      <ReportMenu
        items={[
          { label: "Rename", onSelect: () => setRenaming(true) },
          { label: "Delete", onSelect: () => void onDelete() },
        ]}
      />
      {dataset === null ? null : <ButtonLink href={dataset}>Dataset</ButtonLink>}
      {again === null ? null : <ButtonLink href={again}>Run again with changes</ButtonLink>}
      {isRenaming ? (
        <Suspense fallback={null}>
          <RenameRunDialog run={view} onClose={() => setRenaming(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
