export type ProgressBarProps = {
  /** 0..1; null: under way, with no measure of how far. */
  value: number | null;
  ariaLabel: string;
};

export function ProgressBar(props: ProgressBarProps) {
  const percent =
    props.value === null ? null : Math.round(Math.min(1, Math.max(0, props.value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={props.ariaLabel}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className="h-1.5 w-full overflow-hidden rounded-full bg-surface-2"
    >
      <div
        className={`h-full rounded-full bg-accent transition-[width] duration-300 motion-reduce:transition-none ${percent === null ? "w-1/3 animate-pulse" : ""}`}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
