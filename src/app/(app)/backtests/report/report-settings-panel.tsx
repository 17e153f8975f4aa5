"use client";

import { type ComponentType, useEffect, useState } from "react";
import { Skeleton } from "#ui/skeleton.tsx";
import { whenIdle } from "../../../when-idle.ts";
import type { VersionSettingsProps } from "../../strategies/version-settings.tsx";

type Settings = ComponentType<VersionSettingsProps>;

/**
 * The settings of a version, once the page is idle: their words come with the code of every strategy, which
 * the first view does not need. Null until then; not `lazy`, which a browser's own printing would not wait for.
 */
export function useSettingsPanel(): Settings | null {
  const [panel, setPanel] = useState<Settings | null>(null);
  useEffect(() => {
    whenIdle(() => {
      void import("../../strategies/version-settings.tsx").then(({ VersionSettings }) =>
        setPanel(() => VersionSettings),
      );
    });
  }, []);
  return panel;
}

export function SettingsPanel({
  panel: Panel,
  ...props
}: VersionSettingsProps & { panel: Settings | null }) {
  return Panel === null ? <Skeleton className="h-64 w-full" /> : <Panel {...props} />;
}
