import type { ReportLeg, ReportView } from "#contracts/report-view.ts";
import { configGroups, type SettingsWords } from "../../strategies/config-rows.ts";

/**
 * Settings of a report in words. Made on the server: to name them takes the code of every strategy, which
 * no reader of a report should wait for.
 *
 * @param books instruments of every book; of a walk-forward they are those of its windows, which the
 *   strategy may not have named, and so are left out
 */
export function reportSettings(
  { plan, strategyVersion }: Pick<ReportView, "plan" | "strategyVersion">,
  books: readonly (readonly ReportLeg[])[],
): SettingsWords {
  const { config, configHash } = strategyVersion;
  const named = plan.kind === "single" ? books : null;
  return {
    groups: configGroups({ config, books: named, benchmark: null, payments: "", gateModel: null }),
    configHash,
  };
}
