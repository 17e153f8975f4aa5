import type { PaletteCommand } from "./command-palette.tsx";
import { nameScore } from "./name-score.ts";

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
