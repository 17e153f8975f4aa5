import { commitAlertTransitions, saveAlertLooks } from "#db/alert-transitions.ts";
import type { Database } from "#db/client.ts";
import { keptAlertRules } from "#db/kept-alert-rules.ts";
import type { RuleStore } from "./rule-keeper.ts";

/** Rules of a kind as the database has them. */
export function storedRules(database: Database, kind: "pair" | "feed"): RuleStore {
  return {
    load: () => keptAlertRules(database, kind),
    commit: (workspaceId, transitions) =>
      commitAlertTransitions(database, workspaceId, transitions),
    saveLooks: (looks) => saveAlertLooks(database, looks),
  };
}
