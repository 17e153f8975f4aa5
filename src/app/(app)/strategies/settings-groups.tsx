import { Panel } from "#ui/panel.tsx";
import type { ConfigGroup, SettingsWords } from "./config-rows.ts";

/** Settings in words, grouped as in their form. */
export function SettingsGroups(props: SettingsWords) {
  return (
    // Columns and not a grid: panels of unequal length leave no holes.
    <div className="gap-6 lg:columns-2">
      {props.groups.map((group, place) => (
        <SettingsPanel
          key={group.title}
          group={group}
          configHash={place === 0 ? props.configHash : null}
        />
      ))}
    </div>
  );
}

function SettingsPanel(props: { group: ConfigGroup; configHash: string | null }) {
  const { group, configHash } = props;
  return (
    <Panel title={group.title} flush className="mb-6 break-inside-avoid">
      <dl className="divide-y divide-line text-sm">
        {group.rows.map(({ label, unit, value }) => (
          <Setting key={`${label}${unit}`} label={label} unit={unit} value={value} />
        ))}
        {configHash === null ? null : (
          <Setting label="Fingerprint" unit="" value={configHash.slice(0, 12)} full={configHash} />
        )}
      </dl>
    </Panel>
  );
}

function Setting(props: { label: string; value: string; unit: string; full?: string }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 px-4 py-2">
      <dt className="text-muted">
        {props.label}
        {props.unit === "" ? null : <span className="text-xs"> ({props.unit})</span>}
      </dt>
      <dd title={props.full} className="text-right break-words tabular-nums">
        {props.value}
      </dd>
    </div>
  );
}
