"use client";

import { FEATURE_DEPTH_MAX } from "#quant/learning/features/feature-spec.ts";
import { LABEL_KINDS, readLabel } from "#quant/learning/labels/label-kinds.ts";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useLearned } from "./dataset-form-context.tsx";
import { labelCandidate } from "./dataset-form-values.ts";
import { usualColumn } from "./feature-kind-groups.ts";
import { unreadLabelWhy } from "./label-fields-read.ts";
import { labelSentence } from "./label-sentence.ts";
import { SpecFields } from "./spec-fields.tsx";
import { type SpecKinds, type SpecValues, withKind } from "./spec-values.ts";

const KINDS: SpecKinds = LABEL_KINDS;
const OPTIONS = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

/** What is to be predicted, and that in a sentence. */
export function LabelFields() {
  const { subject, learned, change } = useLearned();
  const { label } = learned;
  const set = (next: SpecValues) => change(() => ({ label: next }));
  const reading = readLabel(labelCandidate(label));
  return (
    <Panel title="Label" lead="What is to be predicted at the close of every bar.">
      <div className="flex flex-col gap-4">
        <p aria-live="polite" className="rounded-md bg-surface-2 px-3 py-2 text-sm">
          {reading.kind === "valid"
            ? labelSentence(reading.label)
            : "Fill in the label, and what it asks stands here."}
        </p>
        <SelectField
          id="config.label.kind"
          label="Kind"
          help={KINDS[label.kind]?.summary}
          options={OPTIONS}
          value={label.kind}
          onChange={(event) =>
            set(withKind(KINDS, label, { kind: event.target.value, column: usualColumn(subject) }))
          }
        />
        <SpecFields
          path="config.label"
          kinds={KINDS}
          spec={label}
          onChange={set}
          subject={subject}
          depthLeft={FEATURE_DEPTH_MAX - 1}
          unreadWhy={(field) => unreadLabelWhy(label, field)}
        />
      </div>
    </Panel>
  );
}
