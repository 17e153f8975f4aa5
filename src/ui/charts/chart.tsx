"use client";

import type { EChartsType } from "echarts/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Skeleton } from "../skeleton.tsx";
import type { ChartOption } from "./chart-option.ts";

export type ChartProps = {
  /** A function makes it when the library is here: on the server, which draws nothing, it never is. */
  option: ChartOption | (() => ChartOption);
  height: number;
  /** What the picture shows, for those who do not see it. */
  ariaLabel: string;
  /** Called with the data index under the pointer, null when there is none. */
  onHover?: ((dataIndex: number | null) => void) | undefined;
  onPick?: ((dataIndex: number) => void) | undefined;
  /** Stands there until the chart is drawn. */
  placeholder?: ReactNode;
  /** Laid over the picture, in its coordinates. */
  children?: ReactNode;
};

/**
 * Fetches the library before React is ready to draw, where a chart is sure to come. What fails here is
 * tried, and told, by the chart itself.
 */
export function fetchChartLibrary(): void {
  if (typeof window !== "undefined") import("./echarts-core.ts").catch(() => undefined);
}

/** Mounts, sizes and disposes of one chart; the library comes in a chunk of its own, after first paint. */
export function Chart(props: ChartProps) {
  const { option, height, ariaLabel, onHover, onPick } = props;
  const elementRef = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [failed, setFailed] = useState(false);

  // Keeps the chart instance, which lives outside React, as long as the element.
  useEffect(() => {
    const element = elementRef.current;
    if (element === null) return;
    let isGone = false;
    let instance: EChartsType | null = null;
    // The observer calls as soon as it observes, and each resize makes the library draw everything again.
    const observer = new ResizeObserver(() => {
      const isSame =
        instance?.getWidth() === element.clientWidth &&
        instance.getHeight() === element.clientHeight;
      if (!isSame) instance?.resize();
    });
    import("./echarts-core.ts").then(
      ({ createChart }) => {
        if (isGone) return;
        instance = createChart(element);
        // Nothing is animated: once a picture is drawn, no frame more is needed. The default is ten.
        instance.getZr().setSleepAfterStill(1);
        observer.observe(element);
        setChart(instance);
      },
      () => setFailed(true),
    );
    return () => {
      isGone = true;
      observer.disconnect();
      instance?.dispose();
      setChart(null);
      setDrawn(false);
    };
  }, []);

  // Hands the option to the instance.
  useEffect(() => {
    if (chart === null) return;
    const onDrawn = () => setDrawn(true);
    chart.on("finished", onDrawn);
    const made = typeof option === "function" ? option() : option;
    chart.setOption(made, { notMerge: true, lazyUpdate: true });
    return () => {
      // The instance may have been disposed of in the same commit.
      if (!chart.isDisposed()) chart.off("finished", onDrawn);
    };
  }, [chart, option]);

  // Listens to the instance's own events.
  useEffect(() => {
    if (chart === null || (onHover === undefined && onPick === undefined)) return;
    const enter = (event: { dataIndex?: number }) => onHover?.(event.dataIndex ?? null);
    const leave = () => onHover?.(null);
    const pick = (event: { dataIndex?: number }) => {
      if (event.dataIndex !== undefined) onPick?.(event.dataIndex);
    };
    chart.on("mouseover", enter);
    chart.on("globalout", leave);
    chart.on("click", pick);
    return () => {
      if (chart.isDisposed()) return;
      chart.off("mouseover", enter);
      chart.off("globalout", leave);
      chart.off("click", pick);
    };
  }, [chart, onHover, onPick]);

  return (
    <div className="relative" style={{ height }}>
      <div ref={elementRef} role="img" aria-label={ariaLabel} className="absolute inset-0" />
      {isDrawn || failed ? null : (props.placeholder ?? <Skeleton className="absolute inset-2" />)}
      {failed ? (
        <p className="absolute inset-0 flex items-center justify-center text-sm text-muted">
          The chart could not be loaded. The figures are in the menu, as a table.
        </p>
      ) : null}
      {props.children}
    </div>
  );
}
