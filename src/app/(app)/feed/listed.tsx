import type { ReactNode } from "react";
import { ErrorState } from "#ui/error-state.tsx";
import { TableSkeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";

/** Rows that a tab asks for when it is opened: on their way, refused, or there. */
export function Listed<Row>(props: {
  query: {
    readonly data: readonly Row[] | undefined;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  children: (rows: readonly Row[]) => ReactNode;
}) {
  const { data, error, refetch } = props.query;
  // Rows that were there stay while they are asked for again.
  if (data !== undefined) return props.children(data);
  return error === null ? (
    <TableSkeleton rows={6} columns={5} />
  ) : (
    <ErrorState
      title="This could not be read"
      message={toMessage(error)}
      onRetry={() => void refetch()}
    />
  );
}
