import type { ReactNode } from "react";

type AuthCardProps = { title: string; lead: string; footer: ReactNode; children: ReactNode };

export function AuthCard({ title, lead, footer, children }: AuthCardProps) {
  return (
    <div className="mx-auto w-full max-w-sm px-4 py-12 sm:py-20">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="mt-1 mb-6 text-muted text-sm">{lead}</p>
      {children}
      <p className="mt-6 text-muted text-sm [&_a]:font-medium [&_a]:text-accent [&_a]:hover:underline">
        {footer}
      </p>
    </div>
  );
}
