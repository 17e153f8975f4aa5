"use client";

import type { ReactNode } from "react";
import { baseColumnsOf } from "#contracts/dataset-columns.ts";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { BASE_COLUMNS } from "#quant/learning/features/feature-source.ts";
import type { SourceSlot } from "#quant/learning/features/spec-form.ts";
import { useDatasetForm, useLearned } from "./dataset-form-context.tsx";
import type { Subject } from "./dataset-presets.ts";
import { FEATURE_KIND_GROUPS, featureOfKind, newFeature } from "./feature-kind-groups.ts";
import { readTyped } from "./feature-words.ts";
import { GroupedSelect, type OptionGroup } from "./grouped-select.tsx";
import { depthOf, type SourceValues, type SpecValues } from "./spec-values.ts";

type Props = {
  slot: SourceSlot;
  path: string;
  source: SourceValues;
  onChange: (source: SourceValues) => void;
  subject: Subject;
  depthLeft: number;
  /** Fields of a feature that stands here. */
  fieldsOf: (feature: SpecValues) => ReactNode;
};

/** What something is made of: a column, a feature of the list, or one of its own. */
export function SourceField(props: Props) {
  const { slot, path, source, onChange, subject, depthLeft, fieldsOf } = props;
  const { problemOf } = useDatasetForm();
  const listed = useListed(depthLeft);
  const isNested = typeof source === "object";
  const choose = (value: string) => {
    const [kind = "", name = ""] = split(value);
    if (kind === "column") onChange(name);
    if (kind === "kind") {
      onChange(isNested ? featureOfKind(source, name, subject) : newFeature(name, subject));
    }
    const known = kind === "listed" ? listed[Number(name)] : undefined;
    if (known !== undefined) onChange(known.spec);
  };
  return (
    <>
      <GroupedSelect
        id={path}
        label={slot.label}
        help={slot.help}
        error={isNested ? undefined : problemOf(path)}
        className={isNested ? "sm:col-span-2" : undefined}
        groups={[columnGroup(subject), listedGroup(listed), kindGroup(depthLeft)]}
        value={isNested ? `kind:${source.kind}` : `column:${source}`}
        onChange={choose}
      />
      {isNested ? (
        <fieldset className="rounded-md border-l-2 border-line-strong pl-4 sm:col-span-2">
          <legend className="sr-only">
            {slot.label}: {nameOfKind(source.kind)}
          </legend>
          {fieldsOf(source)}
        </fieldset>
      ) : null}
    </>
  );
}

/** Features of the list that are valid and may stand here, to be taken over. */
function useListed(depthLeft: number) {
  const { learned } = useLearned();
  return learned.features.flatMap(({ spec }) => {
    const reading = readTyped(spec);
    const fits = reading !== null && depthOf(spec) <= depthLeft && spec.kind !== "column";
    return fits ? [{ name: reading.name, spec }] : [];
  });
}

function columnGroup(subject: Subject): OptionGroup {
  const columns = baseColumnsOf(subject === "pairs" ? 2 : 1);
  return {
    label: "Columns",
    options: columns.map((column) => ({ value: `column:${column}`, label: BASE_COLUMNS[column] })),
  };
}

function listedGroup(listed: readonly { readonly name: string }[]): OptionGroup {
  return {
    label: "As in the list",
    options: listed.map(({ name }, place) => ({ value: `listed:${place}`, label: name })),
  };
}

function kindGroup(depthLeft: number): OptionGroup {
  const kinds = depthLeft > 0 ? FEATURE_KIND_GROUPS.flatMap(({ kinds: of }) => of) : [];
  return {
    label: "A feature of its own",
    options: kinds
      .filter((kind) => kind !== "column")
      .map((kind) => ({ value: `kind:${kind}`, label: nameOfKind(kind) })),
  };
}

function nameOfKind(kind: string): string {
  const kinds: Readonly<Record<string, { readonly label: string }>> = FEATURE_KINDS;
  return kinds[kind]?.label ?? kind;
}

function split(value: string): string[] {
  const at = value.indexOf(":");
  return [value.slice(0, at), value.slice(at + 1)];
}
