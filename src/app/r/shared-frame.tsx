import type { ReactNode } from "react";
import { Wordmark } from "../wordmark.tsx";

/** What stands around a page that was opened by a link. */
export function SharedFrame({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 border-b border-line px-4 py-3 sm:px-6">
        <Wordmark />
        <span className="text-[13px] text-muted">{what}</span>
      </header>
      <main id="content" className="mx-auto w-full max-w-[1440px] flex-1 px-4 py-6 sm:px-6">
        {children}
      </main>
    </div>
  );
}
