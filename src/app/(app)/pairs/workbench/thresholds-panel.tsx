import type {
  PairAnalysisResult,
  PairAnalysisView,
  PairThresholds,
} from "#contracts/pair-analysis.ts";
import { formatNumber } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { barsInWords } from "../bars-in-words.ts";
import { reasonSentence } from "./reason-words.ts";
import { strategyHref } from "./strategy-href.ts";

const TITLES: Readonly<Record<PairThresholds["objective"], string>> = {
  return: "Best return",
  sharpe: "Best return for its risk",
};

/** Where to enter and leave if the spread goes on as it was, after the costs that were set. */
export function ThresholdsPanel(props: { view: PairAnalysisView; result: PairAnalysisResult }) {
  const { view, result } = props;
  return (
    <Panel
      title="Best thresholds"
      lead="After Bertram (2010), for the process that fits the spread, after costs. They know this window, so they look better here than they will later."
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {result.thresholds.map((one) => (
          <Objective key={one.objective} one={one} view={view} />
        ))}
      </div>
    </Panel>
  );
}

function Objective({ one, view }: { one: PairThresholds; view: PairAnalysisView }) {
  const { entry, exit, deviations, expectedTradeBars } = one;
  return (
    <section aria-label={TITLES[one.objective]} className="flex flex-col items-start gap-2 text-sm">
      <h3 className="font-medium">{TITLES[one.objective]}</h3>
      {entry === null || exit === null || deviations === null ? (
        <p className="text-muted">{reasonSentence(one.reason)}</p>
      ) : (
        <>
          <p className="text-muted">
            Buy the spread at {formatNumber(entry)} and leave at {formatNumber(exit)}, and the other
            way round: {formatNumber(deviations, { significant: 3 })} long-run deviations on either
            side.
            {expectedTradeBars === null
              ? ""
              : ` A round trip takes ${barsInWords(expectedTradeBars, view.config.intervalMs)} on average.`}
          </p>
          <ButtonLink href={strategyHref(view.config, deviations)} size="sm">
            Use in a strategy
          </ButtonLink>
        </>
      )}
    </section>
  );
}
