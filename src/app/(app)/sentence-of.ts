/** What a refusal says as a sentence: it begins with a capital and ends with a full stop. */
export function sentenceOf(text: string): string {
  const first = text.charAt(0).toUpperCase();
  return `${first}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
