"use client";

import { EllipsisVertical } from "lucide-react";
import { lazy } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import { Button } from "../button.tsx";
import { OnFirstOpen } from "../on-first-open.tsx";
import type { ChartExport } from "./chart-export.ts";
import type { Pane } from "./pane.ts";

export type ChartMenuProps = {
  panes: readonly Pane[];
  title: string;
  csvName: string;
  /** The span shown. */
  window: TimeWindow;
  /** Every bar; absent where the panes hold all there is. */
  source?: ChartExport | undefined;
};

const load = async () => ({ default: (await import("./chart-menu-popup.tsx")).ChartMenuPopup });
const Popup = lazy(load);

/** The charts' other forms: as a table, as a file. */
export function ChartMenu(props: ChartMenuProps) {
  const trigger = (
    <Button size="sm" variant="quiet" aria-label={`Menu: ${props.title}`} className="px-1.5">
      <EllipsisVertical aria-hidden />
    </Button>
  );
  return (
    <OnFirstOpen trigger={trigger} popup="menu" load={load}>
      <Popup {...props} trigger={trigger} />
    </OnFirstOpen>
  );
}
