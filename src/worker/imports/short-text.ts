/**
 * The first characters of a text from a file, fit to be stored: a cut through an emoji leaves half of a
 * surrogate pair, which PostgreSQL refuses in JSON and in text, and so does it a zero character.
 */
export function shortText(text: string, lengthMax: number): string {
  return text.slice(0, lengthMax).replaceAll("\0", "\uFFFD").toWellFormed();
}
