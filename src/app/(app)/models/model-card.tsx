"use client";

import type { ReactNode } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { SharedModel, ShownModelCard } from "#contracts/shared-model.ts";
import { formatBytes, formatInteger, formatNumber, formatSpanUtc } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { type Fact, FactList } from "../backtests/report/fact-list.tsx";
import { booksInWords } from "../strategies/books-in-words.ts";
import { bookNames } from "./book-names.ts";
import { Hash, manifestFacts } from "./manifest-facts.tsx";
import { ScoreTable } from "./score-table.tsx";
import { verdictWords } from "./verdict-words.ts";
import { wordsOfName } from "./words-of-name.ts";

type Props = {
  card: ShownModelCard;
  file: Pick<SharedModel, "contentHash" | "fileBytes" | "registeredAtMs" | "isImported">;
  /** The run that it was trained in, where its reader may see it. */
  run?: ReactNode;
};

/** What a model is, what it learned from and how it did: all that a person must know to use it. */
export function ModelCardPanels({ card, file, run }: Props) {
  const { tone, title, sentences } = verdictWords(card.verdict);
  return (
    <div className="flex flex-col gap-6">
      <Notice tone={tone} title={title}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
      {file.isImported ? (
        <Notice tone="warn" title="Imported from a file">
          Scores and verdict are those that the file brought along; nothing here has checked them.
        </Notice>
      ) : null}
      {card.warnings.length === 0 ? null : (
        <Notice tone="warn" title="To know before it is used">
          <ul className="list-disc pl-4">
            {card.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Scores" lead="On rows that the model had not seen." flush>
            <ScoreTable scores={card.scores} />
          </Panel>
          <Panel title="Parameters" flush>
            <FactList facts={parameterFacts(card)} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="What it learned from" flush>
            <FactList facts={learnedFacts(card)} />
          </Panel>
          <Panel title="Features" lead={featuresLead(card)}>
            <FeatureList features={card.features} />
          </Panel>
        </div>
      </div>
      <Panel
        title="Manifest"
        lead="Fingerprints (SHA-256). The same settings, data, code and seed give the same model."
        flush
      >
        <FactList facts={cardManifestFacts(card, file, run)} />
      </Panel>
      <p className="text-[13px] text-muted">
        Scores are of the past; past performance does not predict future results.
      </p>
    </div>
  );
}

function featuresLead({ features }: ShownModelCard): string {
  if (features.length === 0) return "None.";
  return `${formatInteger(features.length)}, each known at the close of its bar.`;
}

function learnedFacts(card: ShownModelCard): readonly Fact[] {
  const { dataset, classes } = card;
  return [
    { label: "Model", value: card.learner.label },
    { label: "Dataset", value: `${dataset.name} v${dataset.version}` },
    {
      label: card.books.length === 1 ? "Group" : `Groups (${formatInteger(card.books.length)})`,
      value: <BookNames books={card.books} />,
    },
    { label: "Bars", value: intervalLabel(card.intervalMs) },
    { label: "Span", value: `${formatSpanUtc(wholeSpan(card))} UTC` },
    { label: "Rows", value: formatInteger(card.rows) },
    { label: "Label", value: card.label },
    { label: "Classes", value: classes.length === 0 ? "none: a number" : classes.join(", ") },
    { label: "Folds", value: card.folds },
    { label: "Seed", value: String(card.seed) },
    { label: "Trials", value: formatInteger(card.trials) },
  ];
}

/** The span of a card ends with the time at which its last bar opens. */
function wholeSpan({ span, intervalMs }: ShownModelCard): { startMs: number; endMs: number } {
  return { startMs: span.startMs, endMs: span.endMs + intervalMs };
}

function BookNames({ books }: { books: ShownModelCard["books"] }) {
  const all = bookNames(books);
  const short = booksInWords(books);
  if (short === all) return all;
  return (
    <details>
      <summary className="cursor-pointer">{short}</summary>
      {all}
    </details>
  );
}

function FeatureList({ features }: { features: readonly string[] }) {
  if (features.length === 0)
    return <p className="text-sm text-muted">It reads the series itself.</p>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {features.map((feature) => (
        <li key={feature}>
          <code className="rounded bg-surface-2 px-1.5 py-0.5 font-mono text-xs break-all">
            {feature}
          </code>
        </li>
      ))}
    </ul>
  );
}

function parameterFacts({ parameters }: ShownModelCard): readonly Fact[] {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return [{ label: "None", value: "It has nothing to set." }];
  return entries.map(([name, value]) => ({
    label: wordsOfName(name),
    value: parameterText(value),
  }));
}

function parameterText(value: ShownModelCard["parameters"][string]): ReactNode {
  switch (typeof value) {
    case "number":
      return <span title={String(value)}>{formatNumber(value)}</span>;
    case "boolean":
      return value ? "yes" : "no";
    case "string":
      return value;
    default:
      return "none";
  }
}

function cardManifestFacts(
  { dataset, manifest, trainedBy }: ShownModelCard,
  { contentHash, fileBytes, registeredAtMs }: Props["file"],
  run: ReactNode,
): readonly Fact[] {
  return [
    { label: `File (${formatBytes(fileBytes)})`, value: <Hash value={contentHash} /> },
    ...manifestFacts(dataset, manifest),
    ...(trainedBy === null ? [] : [{ label: "Trained by", value: trainedBy }]),
    ...(run === undefined || run === null ? [] : [{ label: "Run", value: run }]),
    { label: "Trained", value: <Time ms={manifest.computedAtMs} /> },
    { label: "Registered", value: <Time ms={registeredAtMs} /> },
  ];
}
