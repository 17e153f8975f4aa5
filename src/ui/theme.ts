/** What a person chose; without a choice the system decides. Kept in the cookie `theme`. */
export type Theme = "light" | "dark";

export const THEME_COOKIE = "theme";

export function parseTheme(value: string | null | undefined): Theme | null {
  return value === "light" || value === "dark" ? value : null;
}
