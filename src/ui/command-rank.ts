import type { PaletteCommand } from "./command-palette.tsx";

/** More than anybody reads; all of thousands of instruments would take a second to draw. */
const SHOWN_MAX = 60;
/** Of each group while nothing is typed. */
const OFFERED_PER_GROUP = 8;

/**
 * The commands that a search finds, best first: by name before by part of a name before by letters in
 * between. While nothing is typed, a few of every group.
 */
export function rankCommands(
  commands: readonly PaletteCommand[],
  search: string,
): readonly PaletteCommand[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return offered(commands);
  return commands
    .map((command) => ({ command, score: scoreOf(command, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((first, second) => second.score - first.score)
    .slice(0, SHOWN_MAX)
    .map(({ command }) => command);
}

function offered(commands: readonly PaletteCommand[]): readonly PaletteCommand[] {
  const counts = new Map<string, number>();
  return commands.filter(({ group }) => {
    const count = counts.get(group) ?? 0;
    counts.set(group, count + 1);
    return count < OFFERED_PER_GROUP;
  });
}

function scoreOf({ label, keywords = [] }: PaletteCommand, wanted: string): number {
  return Math.max(...[label, ...keywords].map((name) => nameScore(name.toLowerCase(), wanted)));
}

function nameScore(name: string, wanted: string): number {
  if (name === wanted) return 5;
  if (name.startsWith(wanted)) return 4;
  const names = name.split(/[^\p{L}\p{N}]+/u);
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length > 0 && words.every((word) => names.some((one) => one.startsWith(word)))) {
    return 3;
  }
  if (name.includes(wanted)) return 2;
  return hasLettersInOrder(name, wanted) ? 1 : 0;
}

function hasLettersInOrder(name: string, wanted: string): boolean {
  let from = 0;
  for (const letter of wanted) {
    const at = name.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}
