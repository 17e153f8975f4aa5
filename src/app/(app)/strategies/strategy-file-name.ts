const NAME_MAX = 60;

/** The name of the file of a strategy, of letters that every system takes. */
export function strategyFileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, NAME_MAX);
  return `${plain === "" ? "strategy" : plain}.pairdesk.json`;
}
