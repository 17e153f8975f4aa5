/** Tags as one types them, "Pairs, crypto,pairs": trimmed, in lower case, each once. */
export function tagsOfText(text: string): string[] {
  const tags = text
    .split(",")
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => tag !== "");
  return [...new Set(tags)];
}
