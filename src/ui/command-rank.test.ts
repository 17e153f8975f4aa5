import { expect, test } from "vitest";
import type { PaletteCommand } from "./command-palette.tsx";
import { rankCommands } from "./command-rank.ts";

function command(group: string, label: string, keywords?: readonly string[]): PaletteCommand {
  return { id: `${group} ${label}`, label, group, keywords, onSelect: () => undefined };
}

const COMMANDS = [
  command("Pages", "Markets"),
  command("Pages", "Strategies"),
  command("Actions", "Start a scan"),
  command("Pairs", "ADA / MTS"),
  command("Instruments", "MTS 1d", ["MTS"]),
  command("Strategies", "MTS mean reversion"),
];

const found = (search: string) => rankCommands(COMMANDS, search).map(({ label }) => label);

test("regression: pages that share some letters stood above the instrument of that name", () => {
  expect(found("mts")).toEqual(["MTS 1d", "MTS mean reversion", "ADA / MTS", "Markets"]);
});

test("words of a name are found in any order", () => {
  expect(found("mts ada")).toEqual(["ADA / MTS"]);
});

test("what nothing is called finds nothing", () => {
  expect(found("xyz")).toEqual([]);
});

test("before anything is typed a few of every group are offered", () => {
  const many = Array.from({ length: 500 }, (_, i) => command("Instruments", `S${i}`));
  const groups = rankCommands([...COMMANDS, ...many], "").map(({ group }) => group);
  expect(groups).toContain("Pages");
  expect(groups.length).toBeLessThan(30);
});
