import type { UploadFormat } from "#contracts/upload.ts";
import type { SurvivorCounts } from "#quant/multiple-testing/survivor-counts.ts";
import type { PairAnalysis } from "#quant/pair-analysis/analyse-pair.ts";
import type { PairAnalysisOptions, PairBars } from "#quant/pair-analysis/pair-analysis-options.ts";
import type { ClusteredUniverse } from "#quant/pairs/cluster-universe.ts";
import type { DataQuality } from "#quant/pairs/data-quality.ts";
import type { SelectedPair } from "#quant/pairs/distance-selection.ts";
import type { IntegrationOrder } from "#quant/pairs/integration-order.ts";
import type { Candidates, Judgements, PValueCorrection } from "#quant/pairs/judge-candidates.ts";
import type { VerdictBounds } from "#quant/pairs/pair-verdict.ts";
import type { PublishedStudy, StudyCloses } from "#quant/published/published-study.ts";
import type { PreparedWindow } from "#quant/walk-forward/prepared-window.ts";
import type { ExpansionLimits } from "../imports/expand-file.ts";
import type { ParsedUpload } from "../imports/parsed-upload.ts";
import type { Inspection } from "../imports/preview-upload.ts";
import type { CorrectedPValues, CorrectionInput } from "./correct-p-values.ts";
import type { JudgedLearningGroup, judgeLearning } from "./judge-learning.ts";
import type {
  BaselineInput,
  ClusterInput,
  IntegrationInput,
  QualityInput,
} from "./judge-series.ts";
import type {
  JudgedTrials,
  JudgeTrialsInput,
  OverfittingOfTrials,
  overfittingOfTrials,
} from "./judge-trials.ts";
import type { LearningFile, learningFile } from "./learning-file.ts";
import type { LearningInput } from "./learning-input.ts";
import type { LearningPartResult, LearningPlan, trainLearningPart } from "./learning-tasks.ts";
import type { ProvedStrategy } from "./prove-strategy.ts";
import type {
  JudgedPublished,
  judgePublished,
  PublishedPart,
  trainPublished,
} from "./published-learning.ts";
import type {
  planTrials,
  runTrials,
  TrialsPlan,
  TrialTailsOf,
  tailsOfTrials,
} from "./run-trials.ts";
import type { CandidatesInput } from "./screen-candidates.ts";
import type { ScreenPairsInput } from "./screen-pairs.ts";
import type { StrategyInput } from "./strategy-input.ts";
import type { TradedStrategy, TradeStrategyInput } from "./trade-strategy.ts";
import type { WalkForwardInput } from "./walk-forward-input.ts";
import type {
  prepareOneWindow,
  proveWalkForward,
  TradedWalkForward,
  tradeWalkForward,
  WalkForwardPlan,
} from "./walk-forward-tasks.ts";

/**
 * What the threads compute, by kind: input and output are plain data that can be cloned between threads.
 * Tasks that read a file get its bytes through a port of their own.
 */
export type ComputeTasks = {
  readonly "inspect-file": {
    readonly input: {
      readonly fileName: string;
      readonly format: UploadFormat | null;
      readonly limits: ExpansionLimits;
    };
    readonly output: Inspection;
  };
  readonly "parse-file": {
    readonly input: { readonly format: UploadFormat; readonly limits: ExpansionLimits };
    readonly output: ParsedUpload;
  };
  readonly "screen-pairs": {
    readonly input: ScreenPairsInput;
    /** Nothing: the results are in shared memory. */
    readonly output: null;
  };
  readonly "analyse-pair": {
    readonly input: { readonly bars: PairBars; readonly options: PairAnalysisOptions };
    readonly output: PairAnalysis;
  };
  readonly "trade-strategy": {
    readonly input: TradeStrategyInput;
    readonly output: TradedStrategy;
  };
  readonly "prove-strategy": {
    readonly input: StrategyInput;
    readonly output: ProvedStrategy;
  };
  readonly "plan-walk-forward": {
    readonly input: WalkForwardInput;
    readonly output: WalkForwardPlan;
  };
  readonly "prepare-window": {
    readonly input: Parameters<typeof prepareOneWindow>[0];
    readonly output: PreparedWindow;
  };
  readonly "trade-walk-forward": {
    readonly input: Parameters<typeof tradeWalkForward>[0];
    readonly output: TradedWalkForward;
  };
  readonly "prove-walk-forward": {
    readonly input: Parameters<typeof proveWalkForward>[0];
    readonly output: ProvedStrategy;
  };
  readonly "plan-trials": {
    readonly input: Parameters<typeof planTrials>[0];
    readonly output: TrialsPlan;
  };
  readonly "run-trials": {
    readonly input: Parameters<typeof runTrials>[0];
    /** Nothing: the trials are in shared memory. */
    readonly output: null;
  };
  readonly "tails-of-trials": {
    readonly input: Parameters<typeof tailsOfTrials>[0];
    readonly output: readonly TrialTailsOf[];
  };
  readonly "best-of-trials": {
    readonly input: JudgeTrialsInput;
    readonly output: JudgedTrials;
  };
  readonly "overfitting-of-trials": {
    readonly input: Parameters<typeof overfittingOfTrials>[0];
    readonly output: OverfittingOfTrials;
  };
  readonly "published-study": {
    readonly input: {
      readonly closes: StudyCloses;
      readonly pairs: readonly { readonly x: number; readonly y: number }[];
      readonly traditionalPairs: number;
    };
    readonly output: PublishedStudy;
  };
  readonly "plan-learning": {
    readonly input: LearningInput;
    readonly output: LearningPlan;
  };
  readonly "train-learning-part": {
    readonly input: Parameters<typeof trainLearningPart>[0];
    readonly output: LearningPartResult;
  };
  readonly "judge-learning": {
    readonly input: Parameters<typeof judgeLearning>[0];
    readonly output: JudgedLearningGroup;
  };
  readonly "learning-file": {
    readonly input: Parameters<typeof learningFile>[0];
    readonly output: LearningFile;
  };
  readonly "train-published": {
    readonly input: Parameters<typeof trainPublished>[0];
    readonly output: PublishedPart;
  };
  readonly "judge-published": {
    readonly input: Parameters<typeof judgePublished>[0];
    readonly output: JudgedPublished;
  };
  readonly "check-quality": {
    readonly input: QualityInput;
    readonly output: readonly DataQuality[];
  };
  readonly "cluster-series": {
    readonly input: ClusterInput;
    readonly output: ClusteredUniverse;
  };
  readonly "select-baseline": {
    readonly input: BaselineInput;
    readonly output: readonly SelectedPair[] | null;
  };
  readonly "check-integration": {
    readonly input: IntegrationInput;
    readonly output: readonly IntegrationOrder[];
  };
  readonly "screen-candidates": {
    readonly input: CandidatesInput;
    /** Nothing: the figures are in shared memory. */
    readonly output: null;
  };
  readonly "judge-candidates": {
    readonly input: {
      readonly candidates: Candidates;
      readonly bounds: VerdictBounds;
      readonly correction: PValueCorrection;
    };
    readonly output: Judgements;
  };
  readonly "correct-p-values": {
    readonly input: CorrectionInput;
    readonly output: CorrectedPValues;
  };
  readonly "count-survivors": {
    readonly input: { readonly pValues: Float64Array; readonly significance: number };
    readonly output: SurvivorCounts;
  };
};

export type ComputeKind = keyof ComputeTasks;

/** One task as it is sent to a thread. */
export type ComputeTask = {
  readonly [Kind in ComputeKind]: {
    readonly kind: Kind;
    readonly input: ComputeTasks[Kind]["input"];
  };
}[ComputeKind];
