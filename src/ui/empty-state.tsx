import type { ReactNode } from "react";

/** What belongs here, and the one button that fills it. */
export function EmptyState(props: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      {props.icon === undefined ? null : (
        <div aria-hidden className="rounded-full bg-surface-2 p-3 text-muted [&_svg]:size-5">
          {props.icon}
        </div>
      )}
      <h2 className="text-base font-semibold">{props.title}</h2>
      {props.children === undefined ? null : (
        <div className="max-w-[52ch] text-sm text-muted">{props.children}</div>
      )}
      {props.action === undefined ? null : <div className="mt-1 flex gap-2">{props.action}</div>}
    </div>
  );
}
