import { InvalidInputError } from "../../invalid-input-error.ts";
import { type DecayWindow, emaWindow, wilderWindow } from "./decay-window.ts";
import type { FeatureNode, NodeOperation } from "./feature-node.ts";
import type { BaseColumn, RawColumn } from "./feature-source.ts";
import type {
  AtrFeature,
  FeatureSource,
  FeatureSpec,
  HalfLifeFeature,
  MacdFeature,
} from "./feature-spec.ts";
import type { SpreadSpec } from "./spread-spec.ts";

/** A column of the bars and the buffer that it is put into. */
export type RawBuffer = { readonly column: RawColumn; readonly buffer: number };

/** Nodes as they are gathered; equal ones on equal inputs are one. */
export type NodeList = {
  readonly spread: SpreadSpec | null;
  readonly nodes: FeatureNode[];
  readonly raw: RawBuffer[];
  /** Outputs of the nodes so far, by what they do and read. */
  readonly placed: Map<string, readonly number[]>;
  bufferCount: number;
};

/** Buffer of the open times. */
export const TIME_BUFFER = 0;

/**
 * An empty list.
 *
 * @param spread how the spread is made; null where there is none
 */
export function createNodeList(spread: SpreadSpec | null): NodeList {
  return { spread, nodes: [], raw: [], placed: new Map(), bufferCount: TIME_BUFFER + 1 };
}

/**
 * Buffer of a feature, after the nodes that it needs have been added.
 *
 * @param list is added to
 * @param feature with valid values
 * @returns number of the buffer
 * @throws {InvalidInputError} "out-of-range": it reads a spread, and there is none
 */
export function featureBuffer(list: NodeList, feature: FeatureSpec): number {
  switch (feature.kind) {
    case "column":
      return sourceBuffer(list, feature.of);
    case "lag":
    case "delta":
      return onSource(list, { kind: feature.kind, bars: feature.lagBars }, feature.of);
    case "return": {
      const isLog = feature.form === "log";
      return onSource(list, { kind: "growth", bars: feature.lagBars, isLog }, feature.of);
    }
    case "difference":
      return difference(list, sourceBuffer(list, feature.of), sourceBuffer(list, feature.minus));
    case "crossover": {
      const inputs = [sourceBuffer(list, feature.of), sourceBuffer(list, feature.over)];
      return place(list, { kind: "crossover" }, inputs);
    }
    case "sma":
      return onSource(list, { kind: "mean", bars: feature.periodBars }, feature.of);
    case "ema":
      return decay(list, sourceBuffer(list, feature.of), emaWindow(feature.periodBars));
    case "rsi": {
      const changes = onSource(list, { kind: "delta", bars: 1 }, feature.of);
      return place(list, { kind: "up-share", ...wilderWindow(feature.periodBars) }, [changes]);
    }
    case "macd":
      return macdBuffer(list, feature);
    case "bollinger": {
      const { periodBars: bars, deviations, measure } = feature;
      return ofMoments(list, { kind: "band", bars, deviations, measure }, feature.of);
    }
    case "z-score":
    case "deviation":
      return ofMoments(list, { kind: feature.kind, bars: feature.windowBars }, feature.of);
    case "half-life":
      return halfLifeBuffer(list, feature);
    case "volume": {
      const mean = onSource(list, { kind: "mean", bars: feature.periodBars }, feature.of);
      return place(list, { kind: "quotient" }, [sourceBuffer(list, feature.of), mean]);
    }
    case "atr":
      return atrBuffer(list, feature);
    case "time": {
      const weekDays = feature.calendar === "weekdays" ? 5 : 7;
      const { cycle, wave } = feature;
      const operation = { kind: "cycle", cycle, isSine: wave === "sine", weekDays } as const;
      return place(list, operation, [TIME_BUFFER]);
    }
  }
}

function atrBuffer(list: NodeList, { instrument, periodBars, scale }: AtrFeature): number {
  const column = (name: "high" | "low" | "close"): number =>
    sourceBuffer(list, instrument === "own" ? name : `${name}-${instrument}`);
  const close = column("close");
  const range = place(list, { kind: "true-range" }, [column("high"), column("low"), close]);
  const average = decay(list, range, wilderWindow(periodBars));
  return scale === "price" ? average : place(list, { kind: "quotient" }, [average, close]);
}

function macdBuffer(list: NodeList, feature: MacdFeature): number {
  const { fastBars, slowBars, signalBars, line } = feature;
  const source = sourceBuffer(list, feature.of);
  const average = (bars: number): number => decay(list, source, emaWindow(bars));
  const macd = difference(list, average(fastBars), average(slowBars));
  if (line === "macd") return macd;
  const signal = decay(list, macd, emaWindow(signalBars));
  return line === "signal" ? signal : difference(list, macd, signal);
}

/** Changes on the levels before them: one fewer of each than there are bars. */
function halfLifeBuffer(list: NodeList, { of, windowBars }: HalfLifeFeature): number {
  const changes = onSource(list, { kind: "delta", bars: 1 }, of);
  const levels = onSource(list, { kind: "lag", bars: 1 }, of);
  const line: NodeOperation = { kind: "rolling-line", bars: windowBars - 1 };
  const [slope] = placeAll(list, line, { inputs: [changes, levels], outputCount: 2 });
  return place(list, { kind: "half-life", barsMax: windowBars }, [slope!]);
}

function ofMoments(
  list: NodeList,
  operation: Extract<NodeOperation, { kind: "z-score" | "deviation" | "band" }>,
  of: FeatureSource,
): number {
  const source = sourceBuffer(list, of);
  const moments: NodeOperation = { kind: "moments", bars: operation.bars };
  const [fromMean, squares] = placeAll(list, moments, { inputs: [source], outputCount: 2 });
  return place(list, operation, [source, fromMean!, squares!]);
}

function difference(list: NodeList, of: number, minus: number): number {
  return place(list, { kind: "difference" }, [of, minus]);
}

function decay(list: NodeList, source: number, window: DecayWindow): number {
  return place(list, { kind: "decay", ...window }, [source]);
}

function sourceBuffer(list: NodeList, source: FeatureSource): number {
  if (typeof source !== "string") return featureBuffer(list, source);
  if (source === "spread") return spreadBuffers(list).spread;
  if (source === "hedge-ratio") return spreadBuffers(list).slope;
  const known = list.raw.find(({ column }) => column === source);
  if (known !== undefined) return known.buffer;
  const buffer = list.bufferCount++;
  list.raw.push({ column: source, buffer });
  return buffer;
}

/** Buffers of a spread and of what it is made of. */
export type SpreadBuffers = {
  readonly y: number;
  readonly x: number;
  readonly slope: number;
  readonly intercept: number;
  readonly spread: number;
};

/**
 * Buffers of the spread, after the nodes that it needs have been added.
 *
 * @param list is added to
 * @returns numbers of the buffers
 * @throws {InvalidInputError} "out-of-range": there is no spread
 */
export function spreadBuffers(list: NodeList): SpreadBuffers {
  const { spread } = list;
  if (spread === null) {
    throw new InvalidInputError("out-of-range", "a feature reads a spread, and there is none");
  }
  const price = (column: BaseColumn): number => {
    const close = sourceBuffer(list, column);
    return spread.price === "log" ? place(list, { kind: "log" }, [close]) : close;
  };
  const y = price("close-y");
  const x = price("close-x");
  const inputs = spread.kind === "fixed" ? [TIME_BUFFER] : [y, x];
  const [slope, intercept] = placeAll(list, lineOperation(spread), { inputs, outputCount: 2 });
  return {
    y,
    x,
    slope: slope!,
    intercept: intercept!,
    spread: place(list, { kind: "residual" }, [y, x, slope!, intercept!]),
  };
}

function lineOperation(spread: SpreadSpec): NodeOperation {
  switch (spread.kind) {
    case "fixed": {
      const { hedgeRatio, intercept, knownFromMs } = spread;
      return { kind: "fixed-line", slope: hedgeRatio, intercept, fromMs: knownFromMs };
    }
    case "formation":
      return { kind: "growing-line", barsMin: spread.formationBars, isFrozen: true };
    case "rolling":
      return { kind: "rolling-line", bars: spread.windowBars };
    case "expanding":
      return { kind: "growing-line", barsMin: spread.barsMin, isFrozen: false };
    case "kalman": {
      const { delta, observationVariance } = spread;
      return { kind: "kalman-line", delta, observationVariance };
    }
  }
}

function onSource(list: NodeList, operation: NodeOperation, of: FeatureSource): number {
  return place(list, operation, [sourceBuffer(list, of)]);
}

function place(list: NodeList, operation: NodeOperation, inputs: readonly number[]): number {
  return placeAll(list, operation, { inputs, outputCount: 1 })[0]!;
}

function placeAll(
  list: NodeList,
  operation: NodeOperation,
  ends: { readonly inputs: readonly number[]; readonly outputCount: number },
): readonly number[] {
  const key = JSON.stringify([operation, ends.inputs]);
  const known = list.placed.get(key);
  if (known !== undefined) return known;
  const outputs = Array.from({ length: ends.outputCount }, () => list.bufferCount++);
  list.nodes.push({ operation, inputs: ends.inputs, outputs });
  list.placed.set(key, outputs);
  return outputs;
}
