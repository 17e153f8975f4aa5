import type { RunResult } from "#contracts/learning-run.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { scoreDefinition } from "../../score-definitions.ts";
import { VerdictBadge } from "../../verdict-badge.tsx";
import { type BotGroup, botGroups } from "../bot-groups.ts";
import { modelNames } from "../model-names.ts";
import type { RunResultProps } from "./run-result.tsx";

type Summary = RunResultProps["summary"];

const SCORES = ["accuracy", "balancedAccuracy", "logLoss"];

/** The bot's own label and its honest counterpart, side by side. */
export function BotComparison({ summary }: { summary: Summary }) {
  return (
    <Panel
      title="The rule, and what comes next"
      lead="Same rows, same features, same forest; only what is to be predicted differs."
      flush
    >
      <ScrollRegion ariaLabel="The rule, and what comes next">
        <table className="w-full text-sm">
          <thead className="text-muted">
            <tr>
              <td />
              <th
                scope="colgroup"
                colSpan={4}
                className="border-l border-line px-4 pt-2 text-left font-medium"
              >
                Label: the rule itself
              </th>
              <th
                scope="colgroup"
                colSpan={4}
                className="border-l border-line px-4 pt-2 text-left font-medium"
              >
                Label: the next bar
              </th>
            </tr>
            <tr className="border-b border-line">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Model
              </th>
              {["rule", "next"].flatMap((side) => [
                ...SCORES.map((score) => (
                  <th
                    key={`${side} ${score}`}
                    scope="col"
                    className="px-4 py-2 text-right font-medium whitespace-nowrap"
                  >
                    {scoreDefinition(score).label}
                  </th>
                )),
                <th key={`${side} verdict`} scope="col" className="px-4 py-2 text-left font-medium">
                  Verdict
                </th>,
              ])}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {botGroups(summary.groups).map((group) => (
              <GroupRows key={group.rule} summary={summary} group={group} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="border-t border-line px-4 py-3 text-sm text-muted">
        On the left the forest learns its own rule again: the features say already which average
        stands above, so that being right is worth nothing. On the right it must say what it cannot
        see. Only that could be traded.
      </p>
    </Panel>
  );
}

function GroupRows({ summary, group }: { summary: Summary; group: BotGroup }) {
  const names = modelNames(summary.models);
  const isMany = botGroups(summary.groups).length > 1;
  const resultOf = (model: string, key: string) =>
    summary.results.find((one) => one.model === model && one.group === key);
  return summary.models.map(({ key, isBaseline }) => (
    <tr key={key}>
      <th scope="row" className="px-4 py-1.5 text-left font-normal">
        {names.get(key)}
        {isMany ? <span className="text-muted"> on {group.label}</span> : null}
      </th>
      {[group.rule, group.next].map((side) => (
        <Side key={side} result={resultOf(key, side)} isBaseline={isBaseline} />
      ))}
    </tr>
  ));
}

function Side(props: { result: RunResult | undefined; isBaseline: boolean }) {
  const { result, isBaseline } = props;
  const verdict = result?.verdict ?? null;
  return (
    <>
      {SCORES.map((score) => {
        const value = result?.scores[score] ?? null;
        return (
          <td
            key={score}
            title={value === null ? undefined : String(value)}
            className="px-4 py-1.5 text-right whitespace-nowrap tabular-nums"
          >
            {formatFigure(scoreDefinition(score).format, value)}
          </td>
        );
      })}
      <td className="px-4 py-1.5">
        {isBaseline || verdict !== null ? (
          <VerdictBadge verdict={verdict} isBaseline={isBaseline} />
        ) : (
          "–"
        )}
      </td>
    </>
  );
}
