"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import type { DatasetVersionView, DatasetView } from "#contracts/dataset.ts";
import { ButtonLink } from "../../../../button-link.tsx";
import { ReportMenu } from "../../../backtests/report/report-menu.tsx";
import { useDeleteDataset } from "../../use-delete-dataset.ts";

// Loaded when it is first opened: most who look at a dataset change nothing.
const RenameDatasetDialog = lazy(async () => ({
  default: (await import("./rename-dataset-dialog.tsx")).RenameDatasetDialog,
}));

/** What can be done with the version shown, and behind a menu with the whole dataset. */
export function DatasetActions(props: { dataset: DatasetView; version: DatasetVersionView }) {
  const { dataset, version } = props;
  const { id, name } = dataset;
  const router = useRouter();
  const remove = useDeleteDataset();
  const [isRenaming, setRenaming] = useState(false);
  const onDelete = async () => {
    if (await remove(id, `“${name}”`)) router.push("/models?view=datasets");
  };
  return (
    <>
      <ReportMenu
        items={[
          { label: "Name and notes", onSelect: () => setRenaming(true) },
          { label: "Delete", onSelect: () => void onDelete() },
        ]}
      />
      <ButtonLink href={`/models/datasets/new?from=${id}&version=${version.version}`}>
        Duplicate
      </ButtonLink>
      <ButtonLink href={`/models/datasets/${id}/edit?version=${version.version}`}>
        New version
      </ButtonLink>
      <ButtonLink href={`/models/runs/new?dataset=${version.id}`} variant="primary">
        Train models
      </ButtonLink>
      {isRenaming ? (
        <Suspense fallback={null}>
          <RenameDatasetDialog dataset={dataset} onClose={() => setRenaming(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
