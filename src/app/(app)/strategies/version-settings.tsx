import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ReportVersion } from "#contracts/report-view.ts";
import { Panel } from "#ui/panel.tsx";
import { STRATEGY_FIELDS, type StrategyFieldGroup } from "./strategy-fields.ts";
import { settingText } from "./version-diff.ts";

const GROUPS: readonly { readonly group: StrategyFieldGroup; readonly title: string }[] = [
  { group: "dates", title: "Dates" },
  { group: "signal", title: "Signal" },
  { group: "money", title: "Money and costs" },
];

/** Everything that a version fixes, grouped as in its form. */
export function VersionSettings({ version }: { version: ReportVersion }) {
  const { legY, legX, config, configHash } = version;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Panel title="Pair" flush>
        <dl className="divide-y divide-line text-sm">
          <Setting label="Leg Y" value={legY.symbol} />
          <Setting label="Leg X" value={legX.symbol} />
          <Setting label="Bar interval" value={intervalLabel(config.intervalMs)} />
          <Setting label="Hedge ratio" value="fitted in the formation period, then frozen" />
          {configHash === null ? null : (
            <Setting label="Fingerprint" value={configHash.slice(0, 12)} full={configHash} />
          )}
        </dl>
      </Panel>
      {GROUPS.map(({ group, title }) => (
        <Panel key={group} title={title} flush>
          <dl className="divide-y divide-line text-sm">
            {STRATEGY_FIELDS.filter((field) => field.group === group).map((field) => (
              <Setting
                key={field.path}
                label={field.label}
                unit={field.unit}
                value={settingText(config, field)}
              />
            ))}
          </dl>
        </Panel>
      ))}
    </div>
  );
}

function Setting(props: { label: string; value: string; unit?: string; full?: string }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 px-4 py-2">
      <dt className="text-muted">
        {props.label}
        {props.unit === undefined ? null : <span className="text-xs"> ({props.unit})</span>}
      </dt>
      <dd title={props.full} className="text-right tabular-nums">
        {props.value}
      </dd>
    </div>
  );
}
