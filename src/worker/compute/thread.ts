// A compute thread: takes one task at a time from the pool and answers with its result. It reads no
// database and no file but the compiled kernel; the bytes of an upload come through a port, piece by
// piece as they are asked for.
import { type MessagePort, parentPort } from "node:worker_threads";
import { survivorCounts } from "#quant/multiple-testing/survivor-counts.ts";
import { analysePair } from "#quant/pair-analysis/analyse-pair.ts";
import { judgeCandidates } from "#quant/pairs/judge-candidates.ts";
import { publishedStudy } from "#quant/published/published-study.ts";
import { parseFile } from "../imports/parse-file.ts";
import { inspectFile } from "../imports/preview-upload.ts";
import type { ComputeTask } from "./compute-task.ts";
import { correctedPValues } from "./correct-p-values.ts";
import { judgeLearning } from "./judge-learning.ts";
import {
  baselinePairs,
  clusterSeries,
  integrationOrders,
  qualityOfSeries,
} from "./judge-series.ts";
import { bestOfTrials, overfittingOfTrials } from "./judge-trials.ts";
import { learningFile } from "./learning-file.ts";
import { planLearning, trainLearningPart } from "./learning-tasks.ts";
import { proveStrategy } from "./prove-strategy.ts";
import { judgePublished, trainPublished } from "./published-learning.ts";
import { planTrials, runTrials, tailsOfTrials } from "./run-trials.ts";
import { screenCandidates } from "./screen-candidates.ts";
import { screenPairs } from "./screen-pairs.ts";
import {
  type SourceMessage,
  type ThreadRequest,
  type ThreadResponse,
  threadError,
} from "./thread-message.ts";
import { tradeStrategy } from "./trade-strategy.ts";
import {
  planWalkForward,
  prepareOneWindow,
  proveWalkForward,
  tradeWalkForward,
} from "./walk-forward-tasks.ts";

function respond(response: ThreadResponse, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(response, transfer);
}

async function compute(task: ComputeTask, source: AsyncIterable<Uint8Array>): Promise<unknown> {
  switch (task.kind) {
    case "inspect-file":
      return inspectFile({ ...task.input, source }, task.input.limits);
    case "parse-file":
      return parseFile(source, task.input.format, task.input.limits);
    case "screen-pairs":
      screenPairs(task.input);
      return null;
    case "analyse-pair": {
      const { bars, options } = task.input;
      return analysePair(bars, options, (fraction) => respond({ kind: "progress", fraction }));
    }
    case "trade-strategy":
      return tradeStrategy(task.input, (fraction) => respond({ kind: "progress", fraction }));
    case "prove-strategy":
      return proveStrategy(task.input, (fraction) => respond({ kind: "progress", fraction }));
    case "plan-walk-forward":
      return planWalkForward(task.input);
    case "prepare-window":
      return prepareOneWindow(task.input);
    case "trade-walk-forward":
      return tradeWalkForward(task.input, (fraction) => respond({ kind: "progress", fraction }));
    case "prove-walk-forward":
      return proveWalkForward(task.input);
    case "plan-trials":
      return planTrials(task.input);
    case "run-trials":
      runTrials(task.input);
      return null;
    case "tails-of-trials":
      return tailsOfTrials(task.input);
    case "best-of-trials":
      return bestOfTrials(task.input);
    case "overfitting-of-trials":
      return overfittingOfTrials(task.input);
    case "published-study": {
      const { closes, pairs, traditionalPairs } = task.input;
      const onProgress = (fraction: number) => respond({ kind: "progress", fraction });
      return publishedStudy(closes, pairs, traditionalPairs, onProgress);
    }
    case "plan-learning":
      return planLearning(task.input);
    case "train-learning-part":
      return trainLearningPart(task.input, {
        onProgress: (fraction) => respond({ kind: "progress", fraction }),
        onTrial: (soFar) => respond({ kind: "trial", soFar }),
      });
    case "judge-learning":
      return judgeLearning(task.input, (fraction) => respond({ kind: "progress", fraction }));
    case "learning-file":
      return learningFile(task.input);
    case "train-published":
      return trainPublished(task.input);
    case "judge-published":
      return judgePublished(task.input);
    case "check-quality":
      return qualityOfSeries(task.input);
    case "cluster-series":
      return clusterSeries(task.input);
    case "select-baseline":
      return baselinePairs(task.input);
    case "check-integration":
      return integrationOrders(task.input);
    case "screen-candidates":
      screenCandidates(task.input);
      return null;
    case "judge-candidates": {
      const { candidates, bounds, correction } = task.input;
      return judgeCandidates(candidates, bounds, correction);
    }
    case "correct-p-values":
      return correctedPValues(task.input);
    case "count-survivors":
      return survivorCounts(task.input.pValues, task.input.significance);
  }
}

async function* piecesFrom(port: MessagePort | null): AsyncGenerator<Uint8Array> {
  if (port === null) return;
  try {
    for (;;) {
      const next = new Promise<SourceMessage>((resolve) => port.once("message", resolve));
      port.postMessage("next");
      const { bytes } = await next;
      if (bytes === null) return;
      yield bytes;
    }
  } finally {
    port.close();
  }
}

/** Buffers of the series in a result: moved, not copied. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") buffersOf(item, found);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) buffersOf(item, found);
  }
  return found;
}

parentPort?.on("message", ({ task, source }: ThreadRequest) => {
  compute(task, piecesFrom(source)).then(
    (output) => respond({ kind: "done", output }, [...buffersOf(output)]),
    (error: unknown) => respond({ kind: "failed", error: threadError(error) }),
  );
});
