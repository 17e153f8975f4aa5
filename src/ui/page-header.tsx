import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { UiLink } from "./link-context.tsx";

export type Breadcrumb = { label: string; href: string };

export type PageHeaderProps = {
  title: ReactNode;
  /** One sentence: what the page is for. */
  lead?: ReactNode;
  breadcrumbs?: readonly Breadcrumb[] | undefined;
  actions?: ReactNode;
  /** Badges beside the title. */
  badges?: ReactNode;
};

export function PageHeader(props: PageHeaderProps) {
  return (
    <header className="mb-6">
      {props.breadcrumbs !== undefined && props.breadcrumbs.length > 0 ? (
        <Breadcrumbs items={props.breadcrumbs} />
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-2.5">
            <h1 className="text-xl font-semibold tracking-tight text-balance">{props.title}</h1>
            {props.badges}
          </div>
          {props.lead === undefined ? null : (
            <p className="mt-1 max-w-[72ch] text-sm text-muted">{props.lead}</p>
          )}
        </div>
        {props.actions === undefined ? null : (
          <div className="flex flex-wrap items-center gap-2 print:hidden">{props.actions}</div>
        )}
      </div>
    </header>
  );
}

function Breadcrumbs(props: { items: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1.5">
      <ol className="flex flex-wrap items-center gap-1 text-[13px] text-muted">
        {props.items.map(({ label, href }, index) => (
          <li key={href} className="flex items-center gap-1">
            {index === 0 ? null : <ChevronRight aria-hidden className="size-3.5" />}
            <UiLink
              href={href}
              className="inline-flex min-h-6 items-center rounded hover:text-text hover:underline"
            >
              {label}
            </UiLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}
