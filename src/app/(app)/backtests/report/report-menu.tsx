"use client";

import { Ellipsis } from "lucide-react";
import { lazy } from "react";
import { Button } from "#ui/button.tsx";
import { OnFirstOpen } from "#ui/on-first-open.tsx";

/** Something that can be done with a report: by going somewhere, or at once. */
export type ReportMenuItem = { readonly label: string } & (
  | { readonly download: string }
  | { readonly onSelect: () => void }
);

const load = async () => ({ default: (await import("./report-menu-popup.tsx")).ReportMenuPopup });
const Popup = lazy(load);

/** What is done now and then with a report, out of the way of what is done often. */
export function ReportMenu({ items }: { items: readonly ReportMenuItem[] }) {
  const trigger = (
    <Button variant="quiet" aria-label="More actions" className="px-2">
      <Ellipsis aria-hidden />
    </Button>
  );
  return (
    <OnFirstOpen trigger={trigger} popup="menu" load={load}>
      <Popup items={items} trigger={trigger} />
    </OnFirstOpen>
  );
}
