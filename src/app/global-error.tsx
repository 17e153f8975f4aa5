"use client";

import "@fontsource-variable/inter";
import "./globals.css";
import { ErrorState } from "#ui/error-state.tsx";

/** Stands in for the root layout when that itself fails, so it brings its own document. */
export default function GlobalError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <title>Pairdesk</title>
        <main className="mx-auto flex min-h-[80dvh] max-w-xl items-center justify-center">
          <ErrorState
            title="Pairdesk could not be shown"
            message="Something failed on our side. Nothing that you saved was changed. Try again in a moment."
            errorId={props.error.digest}
            onRetry={props.reset}
          />
        </main>
      </body>
    </html>
  );
}
