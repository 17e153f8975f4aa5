import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHART_PALETTES } from "./charts/chart-palette.ts";

const CSS = readFileSync(new URL("./theme.css", import.meta.url), "utf8");

/** Every custom property of the theme, light and dark. */
const TOKENS = new Map(
  [...CSS.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

function token(name: string, theme: "light" | "dark"): string {
  const value = TOKENS.get(name)?.[theme];
  if (value === undefined) throw new Error(`theme.css has no ${name}`);
  return value;
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(left: string, right: string): number {
  const [high = 0, low = 0] = [luminance(left), luminance(right)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const THEMES = ["light", "dark"] as const;
const GROUNDS = ["bg", "surface", "surface-2"];
const WORDS = ["text", "muted", "accent", "good", "bad", "warn"];
const SOFT = ["accent", "good", "bad", "warn"];
const DRAWN = [
  "line-strong",
  "leg-y",
  "leg-x",
  "spread",
  "z-score",
  "equity",
  "drawdown",
  "long",
  "short",
  "entry",
  "exit",
  "stop",
  "threshold",
  "benchmark",
  "in-sample",
  "out-of-sample",
];

test.each(
  THEMES.flatMap((theme) =>
    WORDS.flatMap((word) => GROUNDS.map((ground) => ({ theme, word, ground }))),
  ),
)("$word is readable on $ground in the $theme theme", ({ theme, word, ground }) => {
  expect(contrast(token(word, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
});

test.each(THEMES.flatMap((theme) => SOFT.map((tone) => ({ theme, tone }))))(
  "$tone is readable on its own soft ground in the $theme theme",
  ({ theme, tone }) => {
    expect(contrast(token(tone, theme), token(`${tone}-soft`, theme))).toBeGreaterThanOrEqual(4.5);
  },
);

test.each(THEMES.flatMap((theme) => SOFT.map((tone) => ({ theme, tone }))))(
  "text and muted text are readable on soft $tone in the $theme theme",
  ({ theme, tone }) => {
    for (const word of ["text", "muted"]) {
      expect(contrast(token(word, theme), token(`${tone}-soft`, theme))).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  },
);

test.each(THEMES)("buttons are readable in the %s theme", (theme) => {
  expect(contrast(token("accent-text", theme), token("accent", theme))).toBeGreaterThanOrEqual(4.5);
  expect(contrast("#ffffff", token("danger", theme))).toBeGreaterThanOrEqual(4.5);
});

test.each(THEMES.flatMap((theme) => DRAWN.map((name) => ({ theme, name }))))(
  "$name stands out from the surface in the $theme theme",
  ({ theme, name }) => {
    expect(contrast(token(name, theme), token("surface", theme))).toBeGreaterThanOrEqual(3);
  },
);

test.each(THEMES)("the charts' %s palette is the style sheet's", (theme) => {
  for (const [name, colour] of Object.entries(CHART_PALETTES[theme])) {
    const custom = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect([name, colour]).toEqual([
      name,
      token(custom === "surface2" ? "surface-2" : custom, theme),
    ]);
  }
});

test.each(THEMES)("every meaning has a colour of its own in the %s theme", (theme) => {
  const { surface, surface2, line, text, muted, accent, ...meanings } = CHART_PALETTES[theme];
  const colours = Object.values(meanings);
  expect(new Set(colours).size).toBe(colours.length);
});
