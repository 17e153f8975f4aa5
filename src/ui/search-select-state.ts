import { nameScore } from "./name-score.ts";

/** One choice: `hint` tells apart what has the same label, and is searched too. */
export type SearchOption = {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean | undefined;
};

export type SearchSelectState = {
  readonly isOpen: boolean;
  /** What is typed; null: nothing, so that the box says what is chosen. */
  readonly typed: string | null;
  /** Which of the options found the keyboard is at; −1: none. */
  readonly activeIndex: number;
};

export const CLOSED: SearchSelectState = { isOpen: false, typed: null, activeIndex: -1 };

/** More than anybody reads; thousands of options would take long to draw. */
export const FOUND_MAX = 100;

/** Options that a search finds, best first; all, as they stand, while nothing is typed. */
export function findOptions(
  options: readonly SearchOption[],
  typed: string | null,
): readonly SearchOption[] {
  const wanted = (typed ?? "").trim().toLowerCase();
  if (wanted === "") return options;
  return options
    .map((option) => ({ option, score: scoreOf(option, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((first, second) => second.score - first.score)
    .map(({ option }) => option);
}

/** A label counts before a hint; words of both may be mixed. */
function scoreOf({ label, hint = "" }: SearchOption, wanted: string): number {
  const own = nameScore(label.toLowerCase(), wanted);
  const both = hint === "" ? 0 : nameScore(`${label} ${hint}`.toLowerCase(), wanted);
  return Math.max(own, both - 0.5);
}

/** Open, at what is chosen or else at the first option that can be. */
export function opened(
  options: readonly SearchOption[],
  value: string,
  typed: string | null = null,
): SearchSelectState {
  const found = findOptions(options, typed).slice(0, FOUND_MAX);
  const chosen = typed === null ? found.findIndex((option) => option.value === value) : -1;
  const first = found.findIndex(({ disabled }) => disabled !== true);
  return { isOpen: true, typed, activeIndex: chosen === -1 ? first : chosen };
}

/** What a key does. "choose" takes the active option; null: the key stays the browser's. */
export type KeyEffect =
  | { readonly kind: "state"; readonly state: SearchSelectState }
  | { readonly kind: "choose"; readonly option: SearchOption; readonly moves: boolean }
  | null;

/**
 * The keyboard of an editable combobox with a list. Source: WAI-ARIA Authoring Practices 1.2, combobox pattern.
 *
 * @param found options that are shown
 */
export function onKey(
  state: SearchSelectState,
  key: string,
  found: readonly SearchOption[],
  open: () => SearchSelectState,
): KeyEffect {
  if (!state.isOpen) {
    return key === "ArrowDown" || key === "ArrowUp" ? { kind: "state", state: open() } : null;
  }
  const active = found[state.activeIndex];
  switch (key) {
    case "ArrowDown":
      return { kind: "state", state: moved(state, found, 1) };
    case "ArrowUp":
      return { kind: "state", state: moved(state, found, -1) };
    case "Escape":
      return { kind: "state", state: CLOSED };
    case "Enter":
    case "Tab":
      // Who has typed means the best of what was found; who only passes by means nothing.
      if (active === undefined || active.disabled === true) return null;
      if (key === "Tab" && state.typed === null) return null;
      return { kind: "choose", option: active, moves: key === "Tab" };
    default:
      return null;
  }
}

/** The next option that can be chosen, around the ends. */
function moved(
  state: SearchSelectState,
  found: readonly SearchOption[],
  step: 1 | -1,
): SearchSelectState {
  const { length } = found;
  let index = state.activeIndex === -1 && step === -1 ? length : state.activeIndex;
  for (let i = 0; i < length; i++) {
    index = (index + step + length) % length;
    if (found[index]?.disabled !== true) return { ...state, activeIndex: index };
  }
  return state;
}
