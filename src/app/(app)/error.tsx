"use client";

import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { ErrorState } from "#ui/error-state.tsx";
import { errorWords } from "../error-words.ts";

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Inside the shell, so that the way to other pages stays open. */
export default function PageError({ error, reset }: PageErrorProps) {
  const queries = useQueryErrorResetBoundary();
  const { message, errorId } = errorWords(error);
  return (
    <ErrorState
      title="This page could not be shown"
      message={message}
      errorId={errorId ?? error.digest}
      onRetry={() => {
        // Without this the failed answers are taken from the cache again.
        queries.reset();
        reset();
      }}
    />
  );
}
