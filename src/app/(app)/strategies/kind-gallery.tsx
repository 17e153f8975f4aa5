import Link from "next/link";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { Badge } from "#ui/badge.tsx";
import { KindFigure } from "./kind-figure.tsx";
import { STRATEGY_PRESETS } from "./strategy-presets.ts";

const KINDS = Object.keys(STRATEGIES) as StrategyKind[];

/** Every kind with what it does in a picture and a paragraph, and settings that somebody has published. */
export function KindGallery() {
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="gallery-kinds">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h2 id="gallery-kinds" className="text-base font-semibold">
            Kinds
          </h2>
          <p className="text-[13px] text-muted">
            Drawn by each strategy on made-up prices: ▲ long, ▼ short, ◆ out.
          </p>
        </div>
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {KINDS.map((kind) => (
            <KindCard key={kind} kind={kind} />
          ))}
          <PublishedCard />
        </ul>
      </section>
      <section aria-labelledby="gallery-presets">
        <h2 id="gallery-presets" className="mb-3 text-base font-semibold">
          Ready-made settings
        </h2>
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {STRATEGY_PRESETS.map(({ id, label, kind, summary }) => (
            <li key={id} className={CARD_CLASS}>
              <h3 className="font-medium">
                <CardLink href={`/strategies/new?kind=${kind}&preset=${id}`}>{label}</CardLink>
              </h3>
              <p className="text-xs text-muted">{STRATEGIES[kind].label}</p>
              <p className="mt-1.5 text-[13px] text-muted">{summary}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const CARD_CLASS =
  "relative flex flex-col rounded-lg border border-line bg-surface p-4 hover:border-line-strong has-[a:focus-visible]:border-accent";

/** The whole card leads to the form; its name is what is read aloud. */
function CardLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="after:absolute after:inset-0 hover:underline">
      {children}
    </Link>
  );
}

function KindCard({ kind }: { kind: StrategyKind }) {
  const { label, summary, instruments } = STRATEGIES[kind];
  return (
    <li className={CARD_CLASS}>
      <KindFigure kind={kind} />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">
          <CardLink href={`/strategies/new?kind=${kind}`}>{label}</CardLink>
        </h3>
        <Badge>{instrumentWords(instruments)}</Badge>
      </div>
      <p className="mt-1.5 text-[13px] text-muted">{summary}</p>
    </li>
  );
}

function instrumentWords({ min, max }: { readonly min: number; readonly max: number }): string {
  if (max === 2) return "Pairs";
  return min === 1 ? "Any instruments" : `${min} or more`;
}

/** No kind of its own: two of them as they were published. */
function PublishedCard() {
  return (
    <li className={`${CARD_CLASS} justify-end bg-surface-2`}>
      <h3 className="font-medium">
        <CardLink href="/strategies/published">The published study</CardLink>
      </h3>
      <p className="mt-1.5 text-[13px] text-muted">
        Two strategies of a thesis with the results that were printed, computed again to the last
        digit, and what is left of them when nothing of the future is known.
      </p>
    </li>
  );
}
