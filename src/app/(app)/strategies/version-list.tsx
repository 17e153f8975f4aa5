"use client";

import type { StrategyVersionView } from "#contracts/strategy.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";

type Props = {
  versions: readonly StrategyVersionView[];
  /** Number of the version that the page shows. */
  shown: number;
  onShow: (version: number) => void;
};

/** All versions, newest first, each with the way to look at it. */
export function VersionList({ versions, shown, onShow }: Props) {
  return (
    <Panel flush>
      <ol className="divide-y divide-line text-sm">
        {versions.map(({ id, version, createdAtMs, backtestCount }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="font-medium">Version {version}</span>
            {version === shown ? <Badge tone="accent">Shown</Badge> : null}
            <span className="text-muted">
              <Time ms={createdAtMs} />
            </span>
            <span className="text-muted">
              {backtestCount} {backtestCount === 1 ? "backtest" : "backtests"}
            </span>
            <span className="ml-auto">
              <Button size="sm" onClick={() => onShow(version)} disabled={version === shown}>
                Show version {version}
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
