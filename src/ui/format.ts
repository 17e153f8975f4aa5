/** Shown where a value does not exist. */
export const NO_VALUE = "–";

const MINUS = "−";

/** By their options, of which there are some dozens: making one takes a tenth of a millisecond. */
const FORMATS = new Map<string, Intl.NumberFormat>();

function decimal(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let format = FORMATS.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-GB", options);
    FORMATS.set(key, format);
  }
  return format.format(value).replace("-", MINUS);
}

function isShown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** A number with at most so many significant digits; whole parts are never rounded away. */
export function formatNumber(
  value: number | null | undefined,
  options: { significant?: number } = {},
): string {
  if (!isShown(value)) return NO_VALUE;
  const significant = options.significant ?? 4;
  const size = Math.abs(value);
  if (size >= 10 ** significant) return decimal(value, { maximumFractionDigits: 0 });
  if (size > 0 && size < 1e-6) return value.toExponential(significant - 1).replaceAll("-", MINUS);
  return decimal(value, { maximumSignificantDigits: significant });
}

/** A number of a column: as formatNumber, with zeros to its significant digits, so that points line up. */
export function formatAligned(
  value: number | null | undefined,
  options: { significant?: number } = {},
): string {
  if (!isShown(value)) return NO_VALUE;
  const significant = options.significant ?? 4;
  const size = Math.abs(value);
  if (size === 0 || size >= 10 ** significant || size < 1e-6) return formatNumber(value, options);
  return decimal(value, {
    minimumSignificantDigits: significant,
    maximumSignificantDigits: significant,
  });
}

/** A fraction as a percentage: 0.0512 → "5.12 %". */
export function formatPercent(
  value: number | null | undefined,
  options: { digits?: number; signed?: boolean } = {},
): string {
  if (!isShown(value)) return NO_VALUE;
  const text = decimal(value * 100, {
    minimumFractionDigits: options.digits ?? 2,
    maximumFractionDigits: options.digits ?? 2,
    signDisplay: options.signed === true ? "exceptZero" : "negative",
  });
  return `${text} %`;
}

/** An amount in the quote currency of the prices, which the page names. */
export function formatMoney(
  value: number | null | undefined,
  options: { signed?: boolean; digits?: number } = {},
): string {
  if (!isShown(value)) return NO_VALUE;
  const digits = options.digits ?? 2;
  return decimal(value, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: options.signed === true ? "exceptZero" : "negative",
  });
}

/** Like formatNumber, with a plus before what is above zero. */
export function formatSigned(
  value: number | null | undefined,
  options: { significant?: number } = {},
): string {
  const text = formatNumber(value, options);
  return isShown(value) && value > 0 ? `+${text}` : text;
}

/** A z-score in hundredths with its sign: a figure that moves all the time must not change its width. */
export function formatZScore(value: number | null | undefined): string {
  if (!isShown(value)) return NO_VALUE;
  return decimal(value, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "exceptZero",
  });
}

/** A p- or q-value: 0.012, or "< 0.0001" where more digits would pretend. */
export function formatPValue(value: number | null | undefined): string {
  if (!isShown(value)) return NO_VALUE;
  if (value < 0.0001) return "< 0.0001";
  return decimal(value, { maximumSignificantDigits: 2 });
}

export function formatInteger(value: number | null | undefined): string {
  return isShown(value) ? decimal(value, { maximumFractionDigits: 0 }) : NO_VALUE;
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes in decimal units: 1_500_000 → "1.5 MB". */
export function formatBytes(value: number | null | undefined): string {
  if (!isShown(value)) return NO_VALUE;
  const power = value < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(value) / 3));
  return `${decimal(value / 1000 ** power, { maximumSignificantDigits: 3 })} ${BYTE_UNITS[power] ?? "B"}`;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export type TimeZone = "local" | "utc";

/**
 * A moment as the person reads it: "2023-06-30 14:00", the date alone for daily bars, with seconds
 * where bars are shorter than a minute. `zone` is "utc" on the server, which does not know theirs.
 */
export function formatTime(
  ms: number | null | undefined,
  intervalMs?: number,
  zone: TimeZone = "local",
): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NO_VALUE;
  // A daily bar is a date, and a date has no zone: moving it could name the day before.
  const isDaily = intervalMs !== undefined && intervalMs >= DAY_MS;
  const shifted =
    zone === "utc" || isDaily ? ms : ms - new Date(ms).getTimezoneOffset() * MINUTE_MS;
  const text = new Date(shifted).toISOString();
  if (isDaily) return text.slice(0, 10);
  const length = intervalMs !== undefined && intervalMs < MINUTE_MS ? 19 : 16;
  return text.slice(0, length).replace("T", " ");
}

/** The same moment in UTC, for the hover. */
export function formatTimeUtc(ms: number | null | undefined): string {
  const text = formatTime(ms, 1_000, "utc");
  return text === NO_VALUE ? text : `${text} UTC`;
}

/** A date in UTC, for spans that are chosen in UTC days. */
export function formatDateUtc(ms: number | null | undefined): string {
  return formatTime(ms, DAY_MS);
}

/**
 * A half-open span in UTC dates, both of which belong to it: what ends at the midnight before a day does
 * not contain that day.
 */
export function formatSpanUtc({ startMs, endMs }: { startMs: number; endMs: number }): string {
  return `${formatDateUtc(startMs)} to ${formatDateUtc(endMs - 1)}`;
}

const UNITS = [
  { ms: 365 * DAY_MS, label: "y" },
  { ms: DAY_MS, label: "d" },
  { ms: 3_600_000, label: "h" },
  { ms: MINUTE_MS, label: "min" },
  { ms: 1_000, label: "s" },
] as const;

/** A length of time in its two largest units: "2 min 5 s"; below a second in milliseconds. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NO_VALUE;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  // Rounded once, at the smallest unit that is shown, so that 59.7 s is "1 min" and never "60 s".
  const first = UNITS.findIndex((unit) => ms >= unit.ms);
  const smallest = UNITS[Math.min(first + 1, UNITS.length - 1)] ?? UNITS[UNITS.length - 1];
  let left = smallest === undefined ? ms : Math.round(ms / smallest.ms) * smallest.ms;
  const parts: string[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(left / unit.ms);
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit.label}`);
    left -= count * unit.ms;
  }
  return parts.join(" ");
}

/** A number of bars as time: 38 hourly bars → "1 d 14 h". */
export function formatBars(bars: number | null | undefined, intervalMs: number): string {
  if (bars === null || bars === undefined || !Number.isFinite(bars)) return NO_VALUE;
  return formatDuration(bars * intervalMs);
}
