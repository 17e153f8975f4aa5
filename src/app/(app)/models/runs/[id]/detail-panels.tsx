"use client";

import { type ReactNode, useMemo, useState } from "react";
import type { RunDetail, RunResult, RunTrial } from "#contracts/learning-run.ts";
import { sourceName } from "#quant/learning/features/feature-name.ts";
import { LearningBarsChart } from "#ui/charts/learning-bars-chart.tsx";
import { LearningCurveChart } from "#ui/charts/learning-curve-chart.tsx";
import type { LearningCurve } from "#ui/charts/learning-curve-option.ts";
import { LearningHistogramChart } from "#ui/charts/learning-histogram-chart.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { bookLabels } from "../book-labels.ts";
import { classesOf } from "../bot-groups.ts";
import {
  calibrationCurves,
  curvesByClass,
  dependenceCurves,
  learningCurve,
  learningCurveLead,
  precisionRecallCurve,
  rocCurve,
} from "../detail-curves.ts";
import { lossWords } from "../run-words.ts";
import { ChosenTable } from "./chosen-table.tsx";
import { ConfusionTable } from "./confusion-table.tsx";
import type { ModelDetailProps } from "./model-detail.tsx";
import { PredictionsPanel } from "./predictions-panel.tsx";
import { ScoresTable } from "./scores-table.tsx";
import { TrialsTable } from "./trials-table.tsx";

type Props = ModelDetailProps & {
  detail: RunDetail;
  trials: readonly RunTrial[];
  result: RunResult | undefined;
  /** Which of several that were learned together is looked at. */
  member: number;
  onMember: (member: number) => void;
};

/** Everything that there is to draw of a model; what its task does not have is left out. */
export function DetailPanels(props: Props) {
  const { view, summary, group, name, detail, trials, result, member, onMember } = props;
  const { kind } = view.config;
  const classes = classesOf(kind, summary, group.key);
  const loss = lossWords(summary.loss);
  const csvName = `${view.name} ${name}`;
  const members = result?.members ?? [];
  const labels = bookLabels(group);
  return (
    <>
      <PredictionsPanel
        predictions={detail.predictions}
        classes={classes}
        sourceName={sourceNameOf(props)}
        isForecast={kind === "thesis"}
        intervalMs={view.datasetVersion.config.intervalMs}
        csvName={`${csvName} predictions`}
        isOfFirst={group.books.length > 1 && members.length === 0}
        choice={
          members.length === 0 ? undefined : (
            <SelectField
              label="Rows of"
              value={String(member)}
              options={labels.map((label, place) => ({ value: String(place), label }))}
              onChange={(event) => onMember(Number(event.target.value))}
            />
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {result === undefined ? null : (
          <Panel
            title="Scores"
            lead="Of the test rows, with 95 % intervals: where the score would have fallen, had like rows been drawn again in blocks."
            flush
          >
            <ScoresTable
              columns={[
                {
                  title: members.length === 0 ? "Score and interval" : group.label,
                  scores: result,
                },
                ...members
                  .slice(member, member + 1)
                  .map((scores) => ({ title: labels[member] ?? "", scores })),
              ]}
            />
          </Panel>
        )}
        <CurvePanels detail={detail} loss={loss} classes={classes} csvName={csvName} />
        {detail.confusion === null ? null : (
          <Panel
            title="Confusion"
            lead="Rows are what came, columns what was said, the most probable class."
            flush
          >
            <ConfusionTable confusion={detail.confusion} classes={classes} csvName={csvName} />
          </Panel>
        )}
        {detail.residuals === null ? null : (
          <Panel
            title="Residuals"
            lead="What came less what was said: about zero and alike on both sides where nothing is missed."
          >
            <LearningHistogramChart
              histogram={detail.residuals}
              axisName="Residual"
              csvName={`${csvName} residuals`}
            />
          </Panel>
        )}
        <FeaturePanels detail={detail} loss={loss} csvName={csvName} />
      </div>
      <Dependence detail={detail} classes={classes} csvName={csvName} />
      {detail.chosen.length === 0 ? null : (
        <Panel
          title="Parameters by fold"
          lead={
            trials.length === 0
              ? "As they were given, and what was learned in few numbers."
              : "What the search found best within the training rows of each fold: if it differs from fold to fold, little depends on it."
          }
          flush
        >
          <ChosenTable detail={detail} />
        </Panel>
      )}
      {trials.length === 0 ? null : (
        <Panel
          title="Trials"
          lead={`Every setting that was tried, with its mean ${loss} over the inner folds.`}
          flush
        >
          <TrialsTable trials={trials} folds={detail.chosen.length} csvName={`${csvName} trials`} />
        </Panel>
      )}
    </>
  );
}

/** What the label is about. The published comparison forecasts the scaled spread, the bot its own series. */
function sourceNameOf({ view }: Pick<Props, "view">): string {
  const { label, books } = view.datasetVersion.config;
  if (view.config.kind === "thesis") return "spread, scaled to 0…1";
  if (view.config.kind === "bot") return books[0]?.length === 2 ? "spread" : "close";
  return sourceName(label.of);
}

type CurvesProps = {
  detail: RunDetail;
  loss: string;
  classes: readonly string[];
  csvName: string;
};

const ALL_CLASSES = "all";

function CurvePanels({ detail, loss, classes, csvName }: CurvesProps) {
  const [shown, setShown] = useState(ALL_CLASSES);
  // Memoised because a new curve draws everything again.
  const all = useMemo(() => curvesByClass(detail, classes), [detail, classes]);
  const curves = useMemo(() => {
    const chosen = shown === ALL_CLASSES ? all : all.filter(({ name }) => name === shown);
    return {
      roc: rocCurve(chosen),
      precisionRecall: precisionRecallCurve(chosen),
      calibration: calibrationCurves(chosen),
    };
  }, [all, shown]);
  const learning = useMemo(() => learningCurve(detail, loss), [detail, loss]);
  const [only] = all;
  const of =
    all.length > 1
      ? " Each class against the others."
      : classes.length > 2
        ? ` Of “${only?.name}” against the other classes.`
        : ` Of “${only?.name}”.`;
  const choice =
    all.length > 1 ? (
      <SelectField
        label="Class"
        value={shown}
        options={[
          { value: ALL_CLASSES, label: "all classes" },
          ...all.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(event) => setShown(event.target.value)}
      />
    ) : undefined;
  return (
    <>
      <CurvePanel
        title="ROC"
        lead={`How many hits a threshold buys for how many false alarms; on the diagonal nothing is known.${of}`}
        actions={choice}
        curve={curves.roc}
        csvName={`${csvName} ROC`}
      />
      <CurvePanel
        title="Precision and recall"
        lead={`How often it is right when it says the class, by how much of it is found.${of}`}
        actions={choice}
        curve={curves.precisionRecall}
        csvName={`${csvName} precision and recall`}
      />
      <CurvePanel
        title="Calibration"
        lead={`Whether what is said to come in 60 of 100 cases does; each point has equally many rows.${of}`}
        actions={choice}
        curve={curves.calibration}
        csvName={`${csvName} calibration`}
      />
      <CurvePanel
        title="Learning curve"
        lead={learningCurveLead(detail)}
        curve={learning}
        csvName={`${csvName} learning curve`}
      />
    </>
  );
}

function CurvePanel(props: {
  title: string;
  lead: ReactNode;
  actions?: ReactNode;
  curve: LearningCurve | null;
  csvName: string;
}) {
  const { title, lead, actions, curve, csvName } = props;
  if (curve === null) return null;
  return (
    <Panel title={title} lead={lead} actions={actions}>
      <LearningCurveChart
        curve={curve}
        csvName={csvName}
        ariaLabel={`${title}: ${curve.y.name} by ${curve.x.name}`}
      />
    </Panel>
  );
}

function FeaturePanels({ detail, loss, csvName }: Omit<CurvesProps, "classes">) {
  const importance = detail.importance ?? [];
  const contributions = detail.contributions ?? [];
  return (
    <>
      {importance.length === 0 ? null : (
        <Panel
          title="Importance"
          lead="How much worse it gets when a feature is shuffled among the test rows of the last fold. About zero: it does without."
        >
          <LearningBarsChart
            items={importance.map(({ feature, mean, deviation }) => ({
              ...{ name: feature, mean, deviation },
            }))}
            measure={`Rise of the ${loss}, with one standard deviation`}
            csvName={`${csvName} importance`}
          />
        </Panel>
      )}
      {contributions.length === 0 ? null : (
        <Panel
          title="Contributions (SHAP)"
          lead="How far a feature moves the answers on average, whether that is right or not."
        >
          <LearningBarsChart
            items={contributions.map(({ feature, mean }) => ({
              ...{ name: feature, mean, deviation: null },
            }))}
            measure="Mean absolute contribution"
            csvName={`${csvName} contributions`}
          />
        </Panel>
      )}
    </>
  );
}

function Dependence({ detail, classes, csvName }: Omit<CurvesProps, "loss">) {
  const last = classes.at(-1);
  const answer = last === undefined ? "Answer" : `P(${last})`;
  // Memoised because a new curve draws everything again.
  const curves = useMemo(() => dependenceCurves(detail, answer), [detail, answer]);
  if (curves.length === 0) return null;
  return (
    <Panel
      title="Partial dependence"
      lead="The mean answer when a feature has a value and the others stay as they are; of the features worth most."
    >
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {curves.map(({ feature, curve }) => (
          <li key={feature}>
            <LearningCurveChart
              curve={curve}
              height={190}
              csvName={`${csvName} ${feature}`}
              ariaLabel={`${answer} by ${feature}`}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
