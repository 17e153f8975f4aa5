import type { ReactNode } from "react";
import { SharedFrame } from "../../shared-frame.tsx";

export default function SharedModelLayout({ children }: { children: ReactNode }) {
  return <SharedFrame what="Shared model card, read-only">{children}</SharedFrame>;
}
