import { redirect } from "next/navigation";
import { ButtonLink } from "../button-link.tsx";
import { currentViewer } from "../current-viewer.ts";
import { LandingFigure } from "../landing-figure.tsx";
import { DemoButton } from "./demo-button.tsx";

const FACTS = [
  {
    title: "Tests that count their own luck",
    text: "Every pair of a universe is tested for cointegration in both directions. Beside the p-values stand the number of tests, the false ones to expect, and the Benjamini–Hochberg q-values.",
  },
  {
    title: "Backtests that cannot look ahead",
    text: "The signal comes at the close of a bar, the fill at the next open. The hedge ratio is frozen before trading begins; fees and slippage are charged on each leg.",
  },
  {
    title: "Reports that others can check",
    text: "A report carries the hashes of its configuration, data and code. A link opens it read-only, without an account, until you revoke it.",
  },
] as const;

export default async function LandingPage() {
  if ((await currentViewer()) !== null) redirect("/home");
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-12 px-4 py-10 sm:px-6 lg:py-16">
      <div className="grid items-center gap-10 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          <h1 className="text-balance font-semibold text-4xl tracking-tight lg:text-5xl">
            Find pairs, prove them, share the proof
          </h1>
          <p className="max-w-prose text-lg text-muted">
            Pairdesk is a workbench for pairs trading. Bring your prices, scan them for pairs that
            move together, backtest a strategy on one, and send a report that anyone can open.
          </p>
          <div className="flex flex-wrap items-start gap-3">
            <ButtonLink href="/sign-up" variant="primary">
              Sign up
            </ButtonLink>
            <ButtonLink href="/sign-in" variant="secondary">
              Sign in
            </ButtonLink>
            <DemoButton />
          </div>
          <p className="text-muted text-sm">
            The demo needs no account. It has synthetic prices of 40 instruments, a finished scan
            and two reports, and is removed after seven days.
          </p>
        </div>
        <LandingFigure />
      </div>
      <ul className="grid gap-6 border-line border-t pt-8 md:grid-cols-3">
        {FACTS.map(({ title, text }) => (
          <li key={title}>
            <h2 className="font-medium">{title}</h2>
            <p className="mt-1 text-muted text-sm">{text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
