import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

export type ErrorStateProps = {
  title: string;
  /** What happened, what was not changed, what to do. */
  message: ReactNode;
  errorId?: string | null | undefined;
  onRetry?: (() => void) | undefined;
  action?: ReactNode;
};

export function ErrorState(props: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <div aria-hidden className="rounded-full bg-bad-soft p-3 text-bad">
        <TriangleAlert className="size-5" />
      </div>
      <h2 className="text-base font-semibold">{props.title}</h2>
      <div className="max-w-[56ch] text-sm text-muted">{props.message}</div>
      {props.errorId === undefined || props.errorId === null ? null : (
        <p className="text-xs text-muted">
          Error id <code className="font-mono select-all">{props.errorId}</code>
        </p>
      )}
      <div className="mt-1 flex gap-2">
        {props.onRetry === undefined ? null : <Button onClick={props.onRetry}>Try again</Button>}
        {props.action}
      </div>
    </div>
  );
}
