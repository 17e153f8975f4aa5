"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useWatch } from "react-hook-form";
import { PAIRS_MAX } from "#contracts/books-max.ts";
import type { GateModelView } from "#contracts/gate-model.ts";
import { seenBarsRefusal, unlearnedNote } from "#contracts/gate-model-words.ts";
import { formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useTRPC } from "../../trpc-client.tsx";
import { type GateChoice, gateChoice, ownLineWords, seenBarsWords } from "./gate-choice.ts";
import { GATE_MODES } from "./gate-words.ts";
import { useStrategyForm } from "./strategy-form-context.tsx";
import { isOfPairs } from "./strategy-form-values.ts";
import { optionsOf } from "./value-settings.tsx";

/** The trained model that entries are put to, if any. */
export function GateFields() {
  const { form, problemOf } = useStrategyForm();
  const trpc = useTRPC();
  const { data: models } = useQuery(trpc.models.gates.queryOptions());
  const { control } = form;
  const kind = useWatch({ control, name: "config.kind" });
  const intervalMs = Number(useWatch({ control, name: "config.intervalMs" }));
  const chosen = useWatch({ control, name: "config.gate.modelVersionId" });
  const mode = useWatch({ control, name: "config.gate.mode" });
  const model = models?.find(({ modelVersionId }) => modelVersionId === chosen);
  const { options, refused } = gateChoice(models ?? [], { kind, intervalMs, chosen });
  return (
    <Panel title="Gate">
      <p className="mb-4 max-w-prose text-[13px] text-muted">
        Every entry is put to a trained model first; leaving is never gated. A single run may only
        trade bars after those that the model has learned from, and is refused otherwise; a
        walk-forward trains it anew in each formation window.{" "}
        {models?.length === 0 ? <NoModels /> : null}
      </p>
      <div className="grid gap-4 sm:grid-cols-3">
        <SelectField
          id="config.gate.modelVersionId"
          label="Model"
          help="Any version of bars of the same interval. It stays this version, whatever becomes live."
          options={options}
          error={problemOf("config.gate.modelVersionId")}
          value={chosen}
          onChange={(event) =>
            form.setValue("config.gate.modelVersionId", event.target.value, { shouldDirty: true })
          }
        />
        {chosen === "" ? null : (
          <>
            <SelectField
              id="config.gate.mode"
              label="What it may do"
              help={GATE_MODES[mode].help}
              options={optionsOf(
                Object.fromEntries(
                  Object.entries(GATE_MODES).map(([value, { label }]) => [value, label]),
                ),
              )}
              error={problemOf("config.gate.mode")}
              defaultValue={form.getValues("config.gate.mode")}
              {...form.register("config.gate.mode")}
            />
            <NumberField
              id="config.gate.threshold"
              label="Threshold"
              help={thresholdHelp(model)}
              error={problemOf("config.gate.threshold")}
              defaultValue={form.getValues("config.gate.threshold")}
              {...form.register("config.gate.threshold")}
            />
          </>
        )}
      </div>
      <Refused refused={refused} />
      {model === undefined ? null : (
        <div aria-live="polite" className="mt-4 flex flex-col gap-3">
          <SeenBars model={model} />
          <Unlearned model={model} />
        </div>
      )}
    </Panel>
  );
}

function thresholdHelp(model: GateModelView | undefined): string {
  if (model === undefined) {
    return "A probability; of a model of changes, a change in the unit of its label.";
  }
  return model.classCount > 0
    ? "A probability, above 0 and at most 1."
    : "A change in the unit of the model's label, 0 or more.";
}

/** Versions that are not offered, and why. */
function Refused({ refused }: Pick<GateChoice, "refused">) {
  const count = refused.reduce((sum, { names }) => sum + names.length, 0);
  if (count === 0) return null;
  return (
    <details className="mt-4 max-w-prose text-[13px] text-muted">
      <summary className="cursor-pointer">
        {count === 1
          ? "1 version is not offered"
          : `${formatInteger(count)} versions are not offered`}
      </summary>
      <ul className="mt-2 flex list-disc flex-col gap-2 pl-5">
        {refused.map(({ reason, names }) => (
          <li key={reason} className="break-words">
            {reason}: {names.join(", ")}.
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Until when the chosen model has learned, and whether a single run of the dates above is refused for it. */
function SeenBars({ model }: { model: GateModelView }) {
  const { form } = useStrategyForm();
  const startMs = useWatch({ control: form.control, name: "config.trading.startMs" });
  const refusal = startMs === null ? null : seenBarsRefusal(model, { startMs });
  return refusal === null ? (
    <p className="text-[13px] text-muted">
      {seenBarsWords(model)} {ownLineWords(model)}
    </p>
  ) : (
    <Notice tone="warn" title="A single run of these dates is refused">
      {refusal}.
    </Notice>
  );
}

/** Pairs or instruments that the chosen model has not learned from, in the words of the run. */
function Unlearned({ model: { modelVersionId, legs } }: { model: GateModelView }) {
  const { form, series } = useStrategyForm();
  const trpc = useTRPC();
  const [kind, pairs, instruments] = useWatch({
    control: form.control,
    name: ["config.kind", "config.pairs", "config.instruments"],
  });
  const typed = isOfPairs(kind)
    ? pairs.map(({ y, x }) => [Number(y), Number(x)])
    : instruments.map((id) => [id]);
  const books = typed.filter((book) => book.length === legs && book.every((id) => id > 0));
  const { data } = useQuery(
    trpc.models.gateBooks.queryOptions(
      books.length === 0 || books.length > PAIRS_MAX ? skipToken : { modelVersionId, books },
    ),
  );
  if (data === undefined || data.unlearned.length === 0) return null;
  if (data.refusal !== null) {
    return (
      <Notice
        tone="warn"
        title={`A single run of these ${legs === 2 ? "pairs" : "instruments"} is refused`}
      >
        {data.refusal}.
      </Notice>
    );
  }
  const symbolOf = (id: number) =>
    series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? `#${id}`;
  return (
    <Notice tone="warn" title="It is asked about what it has not learned from">
      {unlearnedNote(data.unlearned.map((book) => book.map(symbolOf).join("/")))}
    </Notice>
  );
}

function NoModels() {
  return (
    <>
      There is no model yet:{" "}
      <Link href="/models" className="text-accent underline">
        train one
      </Link>{" "}
      first.
    </>
  );
}
