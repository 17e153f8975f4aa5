import type { ReactNode } from "react";
import { SharedFrame } from "../shared-frame.tsx";

export default function SharedLayout({ children }: { children: ReactNode }) {
  return <SharedFrame what="Shared report, read-only">{children}</SharedFrame>;
}
