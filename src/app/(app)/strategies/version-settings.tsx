import type { ReportLeg, ReportVersion } from "#contracts/report-view.ts";
import { configGroups } from "./config-rows.ts";
import { SettingsGroups } from "./settings-groups.tsx";

type VersionSettingsProps = {
  version: ReportVersion;
  /** Instruments of every book; absent where the page names them elsewhere. */
  books?: readonly (readonly ReportLeg[])[] | undefined;
  /** Symbol that it is held against. */
  benchmark?: string | null | undefined;
};

/** Everything that a version fixes, grouped as in its form. */
export function VersionSettings({ version, books, benchmark }: VersionSettingsProps) {
  const { config, configHash } = version;
  const groups = configGroups({
    config,
    books: books ?? null,
    benchmark: benchmark ?? null,
    payments: "",
  });
  return <SettingsGroups groups={groups} configHash={configHash} />;
}
