import { formatDuration, formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { PageLink } from "../../../../page-link.tsx";
import { FactList } from "../../../backtests/report/fact-list.tsx";
import { manifestFacts } from "../../manifest-facts.tsx";
import { modelNames } from "../model-names.ts";
import { runSettings } from "../run-settings.ts";
import { parameterWords } from "./parameter-words.ts";
import { datasetHref } from "./run-hrefs.ts";
import type { RunResultProps } from "./run-result.tsx";

/** What was asked for and what it was made of, to be done again. */
export function SettingsPanels({ view, summary }: RunResultProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Run" flush>
        <FactList
          facts={[
            { label: "Dataset", value: <Dataset view={view} /> },
            ...runSettings(view.config),
            { label: "Trials", value: formatInteger(summary.trials) },
            { label: "Took", value: formatDuration(summary.durationMs) },
            { label: "Started", value: <Time ms={view.createdAtMs} /> },
          ]}
        />
      </Panel>
      <Panel
        title="Models"
        lead="Parameters as they were given; a search has its own by fold."
        flush
      >
        <ModelFacts models={summary.models} />
      </Panel>
      <Panel
        title="Manifest"
        lead="Fingerprints (SHA-256). The same settings, data, code and seed give the same models."
        flush
      >
        <FactList
          facts={[
            ...manifestFacts(
              { configHash: view.datasetVersion.configHash, contentHash: summary.datasetHash },
              summary.manifest,
            ),
            { label: "Computed", value: <Time ms={summary.manifest.computedAtMs} /> },
          ]}
        />
      </Panel>
    </div>
  );
}

function ModelFacts({ models }: Pick<RunResultProps["summary"], "models">) {
  const names = modelNames(models);
  if (models.every(({ parameters }) => Object.keys(parameters).length === 0)) {
    return <p className="p-4 text-sm text-muted">None of them has anything to set.</p>;
  }
  return (
    <FactList
      facts={models.map(({ key, isBaseline, parameters }) => ({
        label: `${names.get(key)}${isBaseline ? ", baseline" : ""}`,
        value: parameterWords(parameters),
      }))}
    />
  );
}

function Dataset({ view }: { view: RunResultProps["view"] }) {
  const href = datasetHref(view);
  const text = `${view.datasetName} v${view.datasetVersion.version}`;
  if (href === null) return `${text}, deleted since`;
  return (
    <PageLink href={href} className="text-accent underline">
      {text}
    </PageLink>
  );
}
