"use client";

import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { useToast } from "#ui/toast.tsx";
import { useDatasetForm } from "./dataset-form-context.tsx";
import { withPreset } from "./dataset-form-values.ts";
import { DATASET_PRESETS, type DatasetPreset } from "./dataset-presets.ts";

/** Whole datasets to begin with; instruments and dates stay as they are. */
export function PresetBar() {
  const { form } = useDatasetForm();
  const toast = useToast();
  const fill = (preset: DatasetPreset) => {
    const { name, config } = form.getValues();
    const isUnnamed = name.trim() === "" || DATASET_PRESETS.some(({ label }) => label === name);
    form.setValue("config", withPreset(config, preset), { shouldDirty: true });
    if (isUnnamed) form.setValue("name", preset.label, { shouldDirty: true });
    toast({
      title: `Filled in: ${preset.label}`,
      action: {
        label: "Undo",
        onAct: () => {
          const { subject, spread, learned } = config;
          const now = form.getValues("config");
          form.setValue("config", { ...now, subject, spread, learned }, { shouldDirty: true });
          if (isUnnamed) form.setValue("name", name, { shouldDirty: true });
        },
      },
    });
  };
  return (
    <Panel title="Begin with" lead="Features and label are filled in; everything can be changed.">
      <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {DATASET_PRESETS.map((preset) => (
          <li key={preset.id} className="flex flex-col items-start gap-1">
            <Button size="sm" onClick={() => fill(preset)}>
              {preset.label}
            </Button>
            <p className="text-[13px] text-muted">{preset.summary}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
