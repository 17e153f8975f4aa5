import type { Metadata } from "next";
import type { NaiveTestCost } from "#quant/pairs/naive-test-cost.ts";
import { formatInteger, formatPercent } from "#ui/format.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { requireViewer } from "../../../require-viewer.ts";
import { pairCount } from "../data-span.ts";
import { NAIVE_COST_RUN, NAIVE_COST_SHARES } from "./naive-cost-figures.ts";

export const metadata: Metadata = { title: "Why the test is calibrated" };

type TestedWay = { id: keyof NaiveTestCost; name: string; how: string };

/** From the worst to the best. */
const WAYS: readonly TestedWay[] = [
  {
    id: "naiveBetterOfTwo",
    name: "Naive, the better of both directions",
    how: "ADF of the residual as if it were a given series, in both directions, and the smaller p-value kept.",
  },
  {
    id: "naiveOneDirection",
    name: "Naive, one direction",
    how: "ADF of the residual as if it were a given series. The presets Thesis and Service do this.",
  },
  {
    id: "engleGrangerBetterOfTwo",
    name: "Engle–Granger, the better of both directions",
    how: "The right law of the residual, but the smaller of two p-values is kept as if it were one.",
  },
  {
    id: "engleGrangerOneDirection",
    name: "Engle–Granger, one direction",
    how: "The right law of the residual, in a direction that was chosen beforehand.",
  },
  {
    id: "combined",
    name: "Engle–Granger, combined and calibrated",
    how: "Both directions, and one p-value that knows that two were looked at. The preset Honest does this.",
  },
];

const UNIVERSE_SIZES = [20, 100, 500];

export default async function WhyCalibratedPage() {
  await requireViewer();
  const { significance } = NAIVE_COST_RUN;
  return (
    <>
      <PageHeader
        title="Why the test is calibrated"
        lead="A test at 5 % should take one pair in twenty for cointegrated where there is nothing. The common shortcut takes nearly one in four."
        breadcrumbs={[{ label: "Discover", href: "/discover" }]}
        actions={
          <ButtonLink href="/discover/scans/new" variant="primary">
            New scan
          </ButtonLink>
        }
      />
      <div className="flex max-w-5xl flex-col gap-6">
        <Panel
          title="Random walks that have nothing in common"
          lead={`${formatInteger(NAIVE_COST_RUN.pairs)} pairs of independent random walks of ${formatInteger(NAIVE_COST_RUN.bars)} bars, each tested at ${formatPercent(significance, { digits: 0 })}. Every find is false.`}
          flush
        >
          <ol>
            {WAYS.map((way) => (
              <WayRow key={way.id} way={way} share={NAIVE_COST_SHARES[way.id]} />
            ))}
          </ol>
          <p className="border-t border-line px-4 py-3 text-[13px] text-muted">
            The line is the promised {formatPercent(significance, { digits: 0 })}. A simulation of
            this size is uncertain by up to half a percentage point either way. The naive shares
            depend on the number of bars and on how lags are chosen, here by AIC: the 23.1 % that is
            often quoted for the better of both directions belongs to 250 bars and one fixed lag,
            where this simulation gives 23.5 %; by AIC it gives 26.5 % there.
          </p>
        </Panel>
        <Panel
          title="What it costs in a scan"
          lead="False finds to expect before any correction, when no pair of the universe is cointegrated."
          flush
        >
          <FalseFinds />
        </Panel>
        <Panel title="Why the shortcut fails">
          <div className="flex max-w-3xl flex-col gap-3 text-sm">
            <p>
              The spread of a pair is not given: a regression chose the hedge ratio so that the
              spread moves as little as it can. Any two walks look somewhat mean-reverting after
              that. The critical values of the ADF test are those of a series that nobody fitted, so
              they are too mild; those of Engle and Granger allow for the regression.
            </p>
            <p>
              Testing Y on X and X on Y and keeping the better one is a second look at the same
              dice. The combined p-value is the chance that the better of both is this good by
              chance alone, found by simulation, so a scan at 5 % is one at 5 %.
            </p>
            <p>
              A scan also looks at many pairs at once. That is corrected for separately, by
              Benjamini–Hochberg or Benjamini–Yekutieli: it holds the share of false ones among the
              finds, and works only when the p-values that go into it are right.
            </p>
          </div>
        </Panel>
      </div>
    </>
  );
}

/** Shares are drawn on an axis to this, so that the differences fill it. */
const AXIS_MAX = 0.3;

function WayRow({ way, share }: { way: TestedWay; share: number }) {
  const { significance } = NAIVE_COST_RUN;
  return (
    <li className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="text-sm">
        <p className="font-medium">{way.name}</p>
        <p className="text-xs text-muted">{way.how}</p>
      </div>
      <div className="flex items-center gap-3">
        <div aria-hidden className="relative h-5 min-w-0 flex-1 rounded bg-surface-2">
          <div
            className={`h-full rounded ${share > 1.2 * significance ? "bg-leg-x" : "bg-accent"}`}
            style={{ width: `${(share / AXIS_MAX) * 100}%` }}
          />
          <div
            className="absolute -top-1 -bottom-1 w-0.5 bg-text"
            style={{ left: `${(significance / AXIS_MAX) * 100}%` }}
          />
        </div>
        <p className="w-16 text-right text-sm font-medium tabular-nums">
          {formatPercent(share, { digits: 1 })}
        </p>
      </div>
    </li>
  );
}

function FalseFinds() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label="False finds by size of universe">
      <table className="w-full text-[13px] [&_td]:px-4 [&_td]:py-2 [&_th]:px-4 [&_th]:py-2">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col" className="text-left">
              Test
            </th>
            {UNIVERSE_SIZES.map((size) => (
              <th key={size} scope="col" className="text-right whitespace-nowrap">
                {size} instruments, {formatInteger(pairCount(size))} pairs
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WAYS.map(({ id, name }) => (
            <tr key={id} className="border-b border-line last:border-b-0">
              <th scope="row" className="text-left font-normal">
                {name}
              </th>
              {UNIVERSE_SIZES.map((size) => (
                <td key={size} className="text-right tabular-nums">
                  {formatInteger(Math.round(pairCount(size) * NAIVE_COST_SHARES[id]))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
