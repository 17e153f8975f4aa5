"use client";

import Link from "next/link";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { Badge } from "#ui/badge.tsx";
import { Panel } from "#ui/panel.tsx";
import { funnelFacts } from "./funnel-facts.ts";
import { methodValues, type ScanFormState, type ScanMethod } from "./scan-form-values.ts";

const METHODS: readonly { id: ScanMethod; label: string; sentence: string; isNaive?: true }[] = [
  {
    id: "honest",
    label: "Honest",
    sentence:
      "Both directions with one calibrated p-value, a second test that must agree, and a correction for testing many. Few finds, and few of them false.",
  },
  {
    id: "all-pairs",
    label: "All pairs",
    sentence:
      "Every pair tested in both directions and corrected, none filtered. The quickest for very large universes.",
  },
  {
    id: "thesis",
    label: "Thesis",
    sentence:
      "As a published study did it: clusters, a naive test at 10 %, then three filters. Takes too many pairs.",
    isNaive: true,
  },
  {
    id: "service",
    label: "Service",
    sentence:
      "Looser clusters and a naive test at 5 %, then three milder filters. Takes far too many pairs.",
    isNaive: true,
  },
  { id: "custom", label: "Custom", sentence: "Choose every option yourself, from the one before." },
];

/** How the universe is searched: a preset, whose options are said, or one's own. */
export function MethodFields({ form }: { form: ScanFormState }) {
  const method = form.watch("method");
  const choose = (id: ScanMethod) => {
    form.setValue("method", id, { shouldDirty: true });
    // One's own options begin with those that were shown; those of all pairs have no funnel to show.
    if (id === "custom" && method !== "all-pairs") return;
    const values = methodValues(id);
    form.setValue("lags", values.lags);
    form.setValue("direction", values.direction);
    form.setValue("significance", values.significance);
    form.setValue("funnel", values.funnel, { shouldValidate: true });
  };
  return (
    <Panel title="How to search">
      <fieldset className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        <legend className="sr-only">Method</legend>
        {METHODS.map(({ id, label, sentence, isNaive }) => (
          <label
            key={id}
            className="flex cursor-pointer items-start gap-3 rounded-md border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="method"
              value={id}
              checked={method === id}
              onChange={() => choose(id)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="text-sm">
              <span className="flex items-center gap-2 font-medium">
                {label}
                {isNaive === true ? <Badge tone="warn">Naive test</Badge> : null}
              </span>
              <span className="text-[13px] text-muted">{sentence}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <PresetFacts method={method} />
    </Panel>
  );
}

function PresetFacts({ method }: { method: ScanMethod }) {
  if (method === "custom" || method === "all-pairs") return null;
  const preset = SCAN_PRESETS[method];
  return (
    <div className="mt-4 text-[13px]">
      <ul className="list-disc pl-5 text-muted marker:text-line">
        {funnelFacts(preset).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {preset.funnel.test.kind === "naive" ? (
        <p className="mt-2">
          <Link href="/discover/why-calibrated" className="text-accent hover:underline">
            What the naive test costs
          </Link>
        </p>
      ) : null}
    </div>
  );
}
