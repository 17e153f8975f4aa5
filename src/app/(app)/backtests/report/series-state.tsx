import type { ReactNode } from "react";
import { ErrorState } from "#ui/error-state.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";

/** What stands in the place of charts whose series is on its way, or could not be read. */
export function SeriesState(props: {
  error: Error | null;
  onRetry: () => void;
  /** Classes of the height that the charts will have, so that nothing jumps. */
  heightClass: string;
}): ReactNode {
  if (props.error === null) {
    return (
      <div className="p-4">
        <Skeleton className={`w-full ${props.heightClass}`} />
      </div>
    );
  }
  return (
    <ErrorState
      title="The series could not be read"
      message={toMessage(props.error)}
      onRetry={props.onRetry}
    />
  );
}
