import { CONFIG_FIELDS, type ConfigField, type ConfigPath, configField } from "./config-fields.ts";
import { parametersOf } from "./parameter-groups.ts";
import type { NamedStrategyValues, StrategyFormValues } from "./strategy-form-values.ts";

/** Whether nothing is typed at a path of the form. */
export function isEmptyAt(values: NamedStrategyValues, path: string): boolean {
  let value: unknown = values;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return false;
    value = Reflect.get(value, key);
  }
  return (
    value === null ||
    value === undefined ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

function isConfigPath(path: string): path is ConfigPath {
  return Object.hasOwn(CONFIG_FIELDS, path);
}

/** The setting that a path of the form stands for, if it is one of the table. */
export function fieldAt(path: string): ConfigField | null {
  const inner = path.replace(/^config\./, "");
  return isConfigPath(inner) ? configField(inner) : null;
}

/** What the summary of a form calls a field; empty where the message says it. */
export function problemLabel(path: string, { kind }: StrategyFormValues): string {
  const field = fieldAt(path);
  if (field !== null) return field.label;
  const parameter = path.replace("config.parameters.", "");
  const named = parametersOf(kind).find(({ name }) => name === parameter);
  if (named !== undefined && path.startsWith("config.parameters.")) return named.parameter.label;
  const [, place, leg] = /^config\.pairs\.(\d+)(?:\.(y|x))?$/.exec(path) ?? [];
  if (place !== undefined) {
    const pair = `Pair ${Number(place) + 1}`;
    return leg === undefined ? pair : `${pair}, leg ${leg.toUpperCase()}`;
  }
  const [, list, at] = /^config\.costs\.(dividends|funding\.rates)\.(\d+)/.exec(path) ?? [];
  if (at !== undefined) {
    return `${list === "dividends" ? "Dividends" : "Funding"}, list ${Number(at) + 1}`;
  }
  return PLAIN_LABELS[path] ?? "";
}

const PLAIN_LABELS: Readonly<Record<string, string>> = {
  name: "Name",
  notes: "Notes",
  tags: "Tags",
  "config.intervalMs": "Bar interval",
  "config.gate.modelVersionId": "Model of the gate",
  "config.gate.threshold": "Threshold of the gate",
  "config.instruments": "Instruments",
  "config.formation.startMs": "Formation from",
  "config.formation.endMs": "Formation until",
  "config.trading.startMs": "Trading from",
  "config.trading.endMs": "Trading until",
  "config.sizing.amount.value": "Amount",
  "config.sizing.notionalMax.value": "At most",
};
