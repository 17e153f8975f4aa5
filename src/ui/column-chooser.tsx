"use client";

import { Columns3 } from "lucide-react";
import { lazy } from "react";
import { Button } from "./button.tsx";
import { OnFirstOpen } from "./on-first-open.tsx";

export type ColumnChooserProps = {
  columns: readonly { readonly id: string; readonly header: string }[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
};

const load = async () => ({
  default: (await import("./column-chooser-popup.tsx")).ColumnChooserPopup,
});
const Popup = lazy(load);

export function ColumnChooser(props: ColumnChooserProps) {
  const trigger = (
    <Button size="sm" variant="quiet" aria-label="Choose columns" title="Choose columns">
      <Columns3 aria-hidden />
      <span className="max-sm:sr-only">Columns</span>
    </Button>
  );
  return (
    <OnFirstOpen trigger={trigger} popup="menu" load={load}>
      <Popup {...props} trigger={trigger} />
    </OnFirstOpen>
  );
}
