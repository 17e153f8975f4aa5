"use client";

const YEAR_S = 31_536_000;

/** Keeps a choice of looks for a year, where the server can read it before the first paint. */
export function writeCookie(name: string, value: string | null): void {
  const lifetime = value === null ? 0 : YEAR_S;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers that we serve
  document.cookie = `${name}=${value ?? ""}; path=/; max-age=${lifetime}; samesite=lax`;
}
