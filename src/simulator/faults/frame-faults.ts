import { createRandom } from "#quant/synthetic/random.ts";
import type { Fault, FaultKind } from "./fault.ts";
import type { ActiveFault, FaultMenu, FaultPlace } from "./fault-menu.ts";
import { fuzzedTradeText } from "./fuzzed-frame.ts";

const FRAME_FAULTS: ReadonlySet<FaultKind> = new Set([
  "drop",
  "duplicate",
  "reorder",
  "delay",
  "truncate",
  "malformed",
  "oversized",
  "wrong-types",
  "fuzzed",
  "unknown-event",
  "silent",
] as const);

/** What becomes of the frames of one connection: texts to send now, in order, each so much later. */
export type Outgoing = { readonly text: string; readonly delayMs: number };

/** Frames that a connection holds back to send them in reverse. */
export type Held = { texts: string[]; readonly wanted: number };

/** Whether any fault might touch the frames of a place: only then are batches taken apart. */
export function mayFault(menu: FaultMenu, place: FaultPlace): boolean {
  return menu.at(FRAME_FAULTS, place).length > 0;
}

/**
 * Applies the faults of a place to one frame. At most one fault alters a frame, the oldest; a delay
 * comes on top.
 */
export function faultedFrames(
  menu: FaultMenu,
  place: FaultPlace,
  text: string,
  held: Map<number, Held>,
): Outgoing[] {
  const faults = menu.at(FRAME_FAULTS, place).filter((each) => isFor(each, place));
  const delay = faults.find(({ fault }) => fault.kind === "delay");
  const other = faults.find(({ fault }) => fault.kind !== "delay");
  if (delay !== undefined) menu.bite(delay);
  const delayMs = delay?.fault.kind === "delay" ? delay.fault.delayMs : 0;
  const texts = other === undefined ? [text] : altered(menu, other, text, held);
  // What was held for a fault that is over goes first.
  const freed = [...held].flatMap(([id, { texts: waiting }]) => {
    if (menu.isActive(id)) return [];
    held.delete(id);
    return waiting.reverse();
  });
  return [...freed, ...texts].map((each) => ({ text: each, delayMs }));
}

/** Frames change places within one connection, so the first that is hit has them all. Only trades are fuzzed. */
function isFor(active: ActiveFault, { connection = 0, stream }: FaultPlace): boolean {
  if (active.fault.kind === "fuzzed") return stream?.endsWith("@aggTrade") === true;
  if (active.fault.kind !== "reorder") return true;
  active.boundTo ??= connection;
  return active.boundTo === connection;
}

function altered(
  menu: FaultMenu,
  active: ActiveFault,
  text: string,
  held: Map<number, Held>,
): string[] {
  const { fault } = active;
  menu.bite(active);
  if (fault.kind === "reorder") {
    const waiting = held.get(active.id) ?? { texts: [], wanted: fault.frames };
    waiting.texts.push(text);
    held.set(active.id, waiting);
    if (waiting.texts.length < waiting.wanted) return [];
    held.delete(active.id);
    return waiting.texts.reverse();
  }
  if (fault.kind === "fuzzed") {
    return [fuzzedTradeText(text, createRandom(fault.seed, active.hits))];
  }
  return spoilt(fault, text);
}

function spoilt(fault: Fault, text: string): string[] {
  switch (fault.kind) {
    case "drop":
    case "silent":
      return [];
    case "duplicate":
      return [text, text];
    case "truncate":
      return [text.slice(0, Math.floor(text.length / 2))];
    case "malformed":
      return [`${text.slice(0, -1)},,}`];
    case "oversized":
      return [`${text.slice(0, -1)},"padding":"${"x".repeat(fault.bytes)}"}`];
    case "wrong-types":
      return [wrongTypes(text)];
    case "unknown-event":
      return ['{"e":"notInAnyBook","E":1,"s":"???","x":[{"y":null}]}', text];
    default:
      return [text];
  }
}

/** Numbers become texts and texts numbers, where a parser may expect either. */
function wrongTypes(text: string): string {
  return text
    .replace(/"(a|f|l|T|t|U|u)":(\d+)/g, '"$1":"$2"')
    .replace(/"(p|q|o|c|h|v)":"([\d.]+)"/g, '"$1":$2')
    .replace(/"m":(true|false)/g, '"m":"$1"');
}
