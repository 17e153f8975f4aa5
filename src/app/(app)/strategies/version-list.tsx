"use client";

import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";

type Listed = { readonly id: string; readonly version: number; readonly createdAtMs: number };

type Props<Version> = {
  versions: readonly Version[];
  /** Number of the version that the page shows. */
  shown: number;
  onShow: (version: number) => void;
  /** What was made of a version, in a few words. */
  usesOf: (version: Version) => string;
};

/** All versions, newest first, each with the way to look at it. */
export function VersionList<Version extends Listed>(props: Props<Version>) {
  const { versions, shown, onShow, usesOf } = props;
  return (
    <Panel flush>
      <ol className="divide-y divide-line text-sm">
        {versions.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="font-medium">Version {one.version}</span>
            {one.version === shown ? <Badge tone="accent">Shown</Badge> : null}
            <span className="text-muted">
              <Time ms={one.createdAtMs} />
            </span>
            <span className="text-muted">{usesOf(one)}</span>
            <span className="ml-auto">
              <Button
                size="sm"
                onClick={() => onShow(one.version)}
                disabled={one.version === shown}
              >
                Show version {one.version}
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
