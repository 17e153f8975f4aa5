export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md";

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-accent-text hover:bg-accent/88",
  secondary:
    "border border-line-strong/60 bg-surface text-text hover:bg-surface-2 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent",
  quiet: "text-muted hover:bg-surface-2 hover:text-text",
  danger: "bg-danger text-white hover:bg-danger/88",
};

const SIZES: Record<ButtonSize, string> = {
  sm: "h-7 px-2.5 text-[13px]",
  md: "h-9 px-3.5 text-sm",
};

/** The look of a button, for links that must look like one too. */
export function buttonClass(
  options: { variant?: ButtonVariant | undefined; size?: ButtonSize | undefined } = {},
): string {
  const { variant = "secondary", size = "md" } = options;
  return `${BASE} ${VARIANTS[variant]} ${SIZES[size]}`;
}
