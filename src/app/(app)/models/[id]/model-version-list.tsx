"use client";

import type { ModelVersionView } from "#contracts/model.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { StageBadge } from "../stage-badge.tsx";
import { VerdictBadge } from "../verdict-badge.tsx";

type Props = {
  versions: readonly ModelVersionView[];
  /** Number of the version that the page shows. */
  shown: number;
  onShow: (version: number) => void;
};

/** All versions, newest first, each with where it stands and the way to look at it. */
export function ModelVersionList({ versions, shown, onShow }: Props) {
  return (
    <Panel flush>
      <ol className="divide-y divide-line text-sm">
        {versions.map(({ id, version, stage, card, createdAtMs }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="font-medium">Version {version}</span>
            <StageBadge stage={stage} />
            {version === shown ? <Badge tone="accent">Shown</Badge> : null}
            <span className="text-muted">{card.learner.label}</span>
            <VerdictBadge verdict={card.verdict} />
            <span className="text-muted">
              <Time ms={createdAtMs} />
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
