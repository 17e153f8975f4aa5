import type { FeatureTable, TrainingData, TrainingOptions } from "../training-data.ts";
import { tableRows } from "../training-data.ts";
import type { Learner, LearningRows } from "./learner.ts";
import { completeRows, spreadAnswers, trainingRows } from "./training-rows.ts";

/** How a model of rows by themselves is trained and asked. */
export type TableMethod<Parameters, Fitted> = {
  readonly train: (
    data: TrainingData,
    parameters: Parameters,
    options: TrainingOptions,
    rows: TrainedRows,
  ) => Fitted;
  /** One value a row, or the probabilities of all classes one after the other. */
  readonly predict: (fitted: Fitted, table: FeatureTable) => Float64Array;
};

/** What else a model may be told of its training rows. */
export type TrainedRows = {
  /** Ascending in time: rows of all groups share this clock. */
  readonly times: Float64Array;
  /** Rows that the labels of a bar reach ahead. */
  readonly horizonRows: number;
};

type Described<Parameters, Fitted> = Omit<
  Learner<Parameters, Fitted>,
  "readsFeatures" | "lookBackRows" | "fit" | "predict"
>;

/**
 * Learner of a model that looks at each row by itself. Where it cannot take missing features, rows with one
 * are neither learned from nor answered.
 */
export function tableLearner<Parameters, Fitted>(
  described: Described<Parameters, Fitted>,
  method: TableMethod<Parameters, Fitted>,
): Learner<Parameters, Fitted> {
  const usable = (rows: LearningRows, places: Int32Array): Int32Array =>
    described.takesMissing ? places : completeRows(rows, places);
  return {
    ...described,
    readsFeatures: true,
    lookBackRows: () => 0,
    fit: (rows, training, parameters, options) => {
      const places = usable(rows, training);
      const known = {
        times: Float64Array.from(places),
        horizonRows: rows.horizonBars * rows.sources.length,
      };
      return method.train(trainingRows(rows, places), parameters, options, known);
    },
    predict: (fitted, rows, places) => {
      const answered = usable(rows, places);
      if (answered.length === 0) {
        return new Float64Array(places.length * Math.max(1, rows.classCount)).fill(Number.NaN);
      }
      const answers = method.predict(fitted, tableRows(rows.table, answered));
      return spreadAnswers(places, answered, answers, Math.max(1, rows.classCount));
    },
  };
}
