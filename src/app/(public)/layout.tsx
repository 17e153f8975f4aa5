import type { ReactNode } from "react";
import { ButtonLink } from "../button-link.tsx";
import { Wordmark } from "../wordmark.tsx";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 border-line border-b px-4 py-3 sm:px-6">
        <Wordmark />
        <nav aria-label="Account" className="flex gap-2">
          <ButtonLink href="/sign-in" variant="quiet" size="sm">
            Sign in
          </ButtonLink>
          <ButtonLink href="/sign-up" variant="secondary" size="sm">
            Sign up
          </ButtonLink>
        </nav>
      </header>
      <main id="content" className="flex-1">
        {children}
      </main>
      <footer className="border-line border-t px-4 py-4 text-muted text-xs sm:px-6">
        Results are simulated; past performance does not predict future results.
      </footer>
    </div>
  );
}
