"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import type { ModelVersionView, ModelView } from "#contracts/model.ts";
import { rollBackTarget } from "#contracts/roll-back-target.ts";
import { Button } from "#ui/button.tsx";
import { ReportMenu } from "../../backtests/report/report-menu.tsx";
import { useDeleteModel } from "../use-delete-model.ts";

// Loaded when one is first opened: most who look at a model change nothing.
const MoveDialog = lazy(async () => ({
  default: (await import("./move-dialog.tsx")).MoveDialog,
}));
const RollBackDialog = lazy(async () => ({
  default: (await import("./roll-back-dialog.tsx")).RollBackDialog,
}));
const RenameModelDialog = lazy(async () => ({
  default: (await import("./rename-model-dialog.tsx")).RenameModelDialog,
}));
const ShareModelDialog = lazy(async () => ({
  default: (await import("./share-model-dialog.tsx")).ShareModelDialog,
}));

type Opened = "none" | "promote" | "move" | "roll-back" | "share" | "rename";

/** What can be done with the version shown, and behind a menu with the whole model. */
export function ModelActions(props: { model: ModelView; version: ModelVersionView }) {
  const { model, version } = props;
  const router = useRouter();
  const remove = useDeleteModel();
  const [opened, setOpened] = useState<Opened>("none");
  const live = model.versions.find(({ stage }) => stage === "live")?.version ?? null;
  const target = rollBackTarget({ live, events: model.events });
  const onDelete = async () => {
    if (await remove(model.id, `“${model.name}”`)) router.push("/models");
  };
  return (
    <>
      <ReportMenu
        items={[
          { label: "Name and notes", onSelect: () => setOpened("rename") },
          {
            label: `Download version ${version.version}`,
            download: `/api/export/model/${version.id}`,
          },
          { label: "Delete", onSelect: () => void onDelete() },
        ]}
      />
      <Button onClick={() => setOpened("share")}>Share</Button>
      {target === null ? null : (
        <Button onClick={() => setOpened("roll-back")}>Roll back to version {target}</Button>
      )}
      <Button onClick={() => setOpened("move")}>Move</Button>
      {version.stage === "live" ? null : (
        <Button variant="primary" onClick={() => setOpened("promote")}>
          Promote to live
        </Button>
      )}
      <Suspense fallback={null}>
        <OpenedDialog
          {...props}
          opened={opened}
          target={target}
          onClose={() => setOpened("none")}
        />
      </Suspense>
    </>
  );
}

function OpenedDialog(props: {
  model: ModelView;
  version: ModelVersionView;
  opened: Opened;
  target: number | null;
  onClose: () => void;
}) {
  const { model, version, opened, target, onClose } = props;
  switch (opened) {
    case "none":
      return null;
    case "promote":
      return <MoveDialog model={model} version={version} stage="live" onClose={onClose} />;
    case "move":
      return <MoveDialog model={model} version={version} stage={null} onClose={onClose} />;
    case "roll-back": {
      const live = model.versions.find(({ stage }) => stage === "live")?.version ?? null;
      // The history may have changed under the dialog.
      if (target === null) return null;
      return <RollBackDialog modelId={model.id} target={target} live={live} onClose={onClose} />;
    }
    case "share":
      return (
        <ShareModelDialog versionId={version.id} version={version.version} onClose={onClose} />
      );
    case "rename":
      return <RenameModelDialog model={model} onClose={onClose} />;
  }
}
