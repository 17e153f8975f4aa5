/** The analysis that an address names; null when it names none that could be. */
export function analysisIdOf(text: string | null): string | null {
  return text !== null && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text : null;
}
