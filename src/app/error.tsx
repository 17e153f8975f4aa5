"use client";

import { ErrorState } from "#ui/error-state.tsx";

/** The last stop for what a page did not foresee. */
export default function PageError(props: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto flex min-h-[60dvh] max-w-xl items-center justify-center">
      <ErrorState
        title="This page could not be shown"
        message="Something failed on our side. Nothing that you saved was changed. Try again; if it stays, report the id below."
        errorId={props.error.digest}
        onRetry={props.reset}
      />
    </main>
  );
}
