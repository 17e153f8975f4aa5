import { runCycle } from "./cycle-kernel.ts";
import { decayMemory, runDecay, runUpShare, upShareMemory } from "./decay-kernels.ts";
import type { KernelWork, NodeOperation } from "./feature-node.ts";
import {
  growingLineMemory,
  kalmanLineMemory,
  runGrowingLine,
  runKalmanLine,
} from "./growing-line-kernels.ts";
import { rollingLineMemory, runRollingLine } from "./line-kernels.ts";
import {
  runBand,
  runCrossover,
  runDelta,
  runDeviation,
  runDifference,
  runFixedLine,
  runGrowth,
  runHalfLife,
  runLag,
  runLog,
  runQuotient,
  runResidual,
  runTrueRange,
  runZScore,
} from "./pointwise-kernels.ts";
import { meanMemory, momentsMemory, runMean, runMoments } from "./window-kernels.ts";

/**
 * What a node remembers before its first bar.
 *
 * @param operation of the node
 * @returns empty of those that remember nothing
 *
 * Cost: O(window).
 */
export function nodeMemory(operation: NodeOperation): Float64Array {
  switch (operation.kind) {
    case "mean":
      return meanMemory(operation.bars);
    case "moments":
      return momentsMemory(operation.bars);
    case "decay":
      return decayMemory(operation.bars, operation.keptShare);
    case "up-share":
      return upShareMemory(operation.bars, operation.keptShare);
    case "rolling-line":
      return rollingLineMemory(operation.bars);
    case "growing-line":
      return growingLineMemory();
    case "kalman-line":
      return kalmanLineMemory();
    default:
      return new Float64Array(0);
  }
}

/**
 * Runs a node over the next bars of its buffers.
 *
 * @param work its buffers and memory, both written to
 *
 * Cost: O(bars), on average over the blocks of its windows.
 */
export function runNode(work: KernelWork): void {
  kernelOf(work.node.operation)(work);
}

function kernelOf(operation: NodeOperation): (work: KernelWork) => void {
  switch (operation.kind) {
    case "log":
      return runLog;
    case "lag":
      return (work) => runLag(work, operation.bars);
    case "delta":
      return (work) => runDelta(work, operation.bars);
    case "growth":
      return (work) => runGrowth(work, operation.bars, operation.isLog);
    case "difference":
      return runDifference;
    case "quotient":
      return runQuotient;
    case "crossover":
      return runCrossover;
    case "true-range":
      return runTrueRange;
    case "mean":
      return (work) => runMean(work, operation.bars);
    case "moments":
      return (work) => runMoments(work, operation.bars);
    case "z-score":
      return (work) => runZScore(work, operation.bars);
    case "deviation":
      return (work) => runDeviation(work, operation.bars);
    case "band":
      return (work) => runBand(work, operation);
    case "decay":
      return (work) => runDecay(work, operation.bars, operation.keptShare);
    case "up-share":
      return (work) => runUpShare(work, operation.bars, operation.keptShare);
    case "rolling-line":
      return (work) => runRollingLine(work, operation.bars);
    case "growing-line":
      return (work) => runGrowingLine(work, operation.barsMin, operation.isFrozen);
    case "kalman-line":
      return (work) => runKalmanLine(work, operation.delta, operation.observationVariance);
    case "fixed-line":
      return (work) => runFixedLine(work, operation);
    case "residual":
      return runResidual;
    case "half-life":
      return (work) => runHalfLife(work, operation.barsMax);
    case "cycle":
      return (work) => runCycle(work, operation);
  }
}
