import type { ReactNode } from "react";

export type Fact = {
  readonly label: string;
  readonly value: ReactNode;
  /** A sum, set apart from what it is made of. */
  readonly isTotal?: boolean;
};

/** Labels with values, one below the other. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line text-sm">
      {facts.map(({ label, value, isTotal = false }) => (
        <div
          key={label}
          className={`flex flex-wrap justify-between gap-x-4 px-4 py-2 ${isTotal ? "font-semibold" : ""}`}
        >
          <dt className={isTotal ? "" : "text-muted"}>{label}</dt>
          <dd className="text-right tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
