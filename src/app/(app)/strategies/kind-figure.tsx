import { type PaneScale, paneX, paneY, rangeOf, seriesPath } from "#app/svg-path.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { kindPicture, type PictureMarker, type PictureTone } from "./kind-picture.ts";

const WIDTH = 320;
const HEIGHT = 108;

const TONES: Readonly<Record<PictureTone, string>> = {
  figure: "stroke-spread",
  band: "stroke-threshold [stroke-dasharray:4_4]",
  price: "stroke-line-strong opacity-60",
  held: "stroke-long [stroke-width:2.25]",
};

const MARKERS: Readonly<
  Record<PictureMarker["kind"], { readonly path: string; readonly className: string }>
> = {
  long: { path: "M0 -5 L5 4 L-5 4 Z", className: "fill-long" },
  short: { path: "M0 5 L5 -4 L-5 -4 Z", className: "fill-short" },
  exit: { path: "M0 -4.5 L4.5 0 L0 4.5 L-4.5 0 Z", className: "fill-exit" },
};

/** What a kind does, drawn by its own steps on made-up prices. Server only: it runs the strategy. */
export function KindFigure({ kind }: { kind: StrategyKind }) {
  const { lines, markers } = kindPicture(kind);
  const scale: PaneScale = {
    width: WIDTH,
    top: 6,
    height: HEIGHT - 12,
    ...rangeOf(...lines.map(({ values }) => values)),
  };
  const count = lines[0]?.values.length ?? 1;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden className="h-auto w-full overflow-visible">
      {lines.map(({ tone, values }, place) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture never changes
          key={place}
          d={seriesPath(values, scale)}
          strokeWidth={1.4}
          className={`fill-none ${TONES[tone]}`}
        />
      ))}
      {markers.map(({ bar, value, kind: what }) => (
        <path
          key={`${bar} ${value}`}
          d={MARKERS[what].path}
          transform={`translate(${paneX(scale, bar, count).toFixed(1)} ${paneY(scale, value).toFixed(1)})`}
          className={MARKERS[what].className}
        />
      ))}
    </svg>
  );
}
