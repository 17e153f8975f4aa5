import type { ReactNode } from "react";

export type PanelProps = {
  title?: ReactNode;
  /** One sentence under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** No padding around the content: tables and charts reach the edge. */
  flush?: boolean | undefined;
  className?: string | undefined;
};

export function Panel(props: PanelProps) {
  const { title, lead, actions, children, flush = false, className = "" } = props;
  return (
    <section className={`min-w-0 rounded-lg border border-line bg-surface ${className}`}>
      {title === undefined && actions === undefined ? null : (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
          <div className="min-w-0">
            <h2 className="text-sm font-semibold">{title}</h2>
            {lead === undefined ? null : <p className="text-[13px] text-muted">{lead}</p>}
          </div>
          {actions === undefined ? null : (
            <div className="flex flex-wrap items-center gap-2">{actions}</div>
          )}
        </div>
      )}
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
