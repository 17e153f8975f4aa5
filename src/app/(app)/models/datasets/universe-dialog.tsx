"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ScanView } from "#contracts/scan.ts";
import type { UniverseView } from "#contracts/universe.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatDateUtc, formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC } from "../../../trpc-client.tsx";
import type { PairValues } from "./dataset-form-values.ts";
import type { Subject } from "./dataset-presets.ts";
import {
  type Addition,
  additionOf,
  additionOfPairs,
  BOOKS_MAX,
  countOf,
  foundVerb,
  pairKey,
} from "./universe-books.ts";

type Props = {
  subject: Subject;
  /** Of what is chosen already; null while nothing is. */
  intervalMs: number | null;
  pairs: readonly PairValues[];
  instruments: readonly number[];
  onAddPairs: (pairs: readonly PairValues[], intervalMs: number) => void;
  onAddInstruments: (ids: readonly number[], intervalMs: number) => void;
  onClose: () => void;
};

/** What a saved universe has, to be taken over: its instruments, all their pairs, or those that a scan found. */
export function UniverseDialog(props: Props) {
  const trpc = useTRPC();
  const universes = useQuery(trpc.universes.list.queryOptions());
  const scans = useQuery(trpc.scans.list.queryOptions());
  const error = universes.error ?? scans.error;
  return (
    <Dialog open onOpenChange={props.onClose} title="From a universe" width="md">
      {error !== null ? (
        <ErrorState
          title="The universes could not be read"
          message={errorWords(error).message}
          errorId={errorWords(error).errorId}
          onRetry={() => void Promise.all([universes.refetch(), scans.refetch()])}
        />
      ) : universes.data === undefined || scans.data === undefined ? (
        <Skeleton className="h-40" />
      ) : (
        <Universes {...props} universes={universes.data} scans={scans.data} />
      )}
    </Dialog>
  );
}

type ReadProps = Props & {
  universes: readonly UniverseView[];
  scans: readonly ScanView[];
};

function Universes(props: ReadProps) {
  const { universes, scans, intervalMs } = props;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const universe =
    universes.find(({ id }) => id === chosenId) ??
    universes.find((one) => intervalMs === null || one.intervalMs === intervalMs) ??
    universes[0];
  if (universe === undefined) {
    return (
      <EmptyState
        title="No universe yet"
        action={<ButtonLink href="/discover/universes/new">Create a universe</ButtonLink>}
      >
        A universe is a saved list of instruments. Save one first, or choose here one by one.
      </EmptyState>
    );
  }
  const scan = scans.find(({ universeId, summary }) => universeId === universe.id && summary);
  return (
    <div className="flex flex-col gap-4 text-sm">
      <SelectField
        id="universe"
        label="Universe"
        value={universe.id}
        options={universes.map((one) => ({
          value: one.id,
          label: `${one.name}, ${formatInteger(one.instruments.length)} instruments, ${intervalLabel(one.intervalMs)} bars`,
        }))}
        onChange={(event) => setChosenId(event.target.value)}
      />
      {intervalMs !== null && intervalMs !== universe.intervalMs ? (
        <Notice tone="warn">
          Its bars have another interval than what is chosen already: {intervalLabel(intervalMs)}.
        </Notice>
      ) : (
        <Books key={universe.id} {...props} universe={universe} scan={scan} />
      )}
    </div>
  );
}

function Books(props: Props & { universe: UniverseView; scan: ScanView | undefined }) {
  const { subject, universe, scan, pairs, instruments, onAddPairs, onAddInstruments } = props;
  const { intervalMs } = universe;
  const priced = universe.instruments.filter(({ barCount }) => barCount > 0);
  const bare = universe.instruments.filter(({ barCount }) => barCount === 0);
  const ids = priced.map(({ id }) => id);
  const every = additionOfPairs(ids, pairs);
  const each = additionOf({
    ...{ noun: "instrument", books: ids, chosen: instruments, isRanked: false },
    keyOf: (id) => id,
  });
  return (
    <>
      {bare.length === 0 ? null : (
        <p className="text-warn">
          Without {intervalLabel(intervalMs)} bars, and left out:{" "}
          {bare.map(({ symbol }) => symbol).join(", ")}.
        </p>
      )}
      {subject === "instruments" ? (
        <Choice
          title="Its instruments"
          text="Each by itself."
          addition={each}
          verb={`Add ${countOf(each.offered, "instrument")}`}
          onAdd={(added) => onAddInstruments(added, intervalMs)}
        />
      ) : (
        <ul className="divide-y divide-line">
          <li className="pb-3">
            {scan === undefined ? (
              <>
                <p className="font-medium">Pairs of its latest scan</p>
                <p className="text-[13px] text-muted">It has not been scanned yet.</p>
              </>
            ) : (
              <FoundPairs {...props} ids={ids} scan={scan} />
            )}
          </li>
          <li className="pt-3">
            <Choice
              title="All its pairs"
              text={`Every two of ${countOf(ids.length, "instrument")}.`}
              addition={every}
              verb={`Add ${countOf(every.offered, "pair")}`}
              onAdd={(added) => onAddPairs(added, intervalMs)}
            />
          </li>
        </ul>
      )}
    </>
  );
}

/** Pairs that the latest scan found, most significant first, as many as there is room for. */
function FoundPairs(props: Props & { ids: readonly number[]; scan: ScanView }) {
  const { scan, ids, pairs, onAddPairs } = props;
  const trpc = useTRPC();
  const show = scan.summary?.funnel === undefined ? "discovered" : "passed";
  const { data, error } = useQuery(
    trpc.scans.pairs.queryOptions({ scanId: scan.id, show, limit: 2 * BOOKS_MAX }),
  );
  if (error !== null) return <Notice tone="bad">{errorWords(error).message}</Notice>;
  if (data === undefined) return <Skeleton className="h-14" />;
  // The universe may have changed since it was scanned.
  const books = data.rows
    .filter(
      ({ instrumentY, instrumentX }) => ids.includes(instrumentY) && ids.includes(instrumentX),
    )
    .map(({ instrumentY, instrumentX }) => ({ y: String(instrumentY), x: String(instrumentX) }));
  const found = additionOf({ noun: "pair", books, chosen: pairs, keyOf: pairKey, isRanked: true });
  const known = books.length - found.offered;
  const outside = data.rows.length - books.length;
  const until = formatDateUtc(scan.config.formation.endMs - 1);
  return (
    <Choice
      title="Pairs of its latest scan"
      text={`${countOf(data.matchCount, "pair")} ${data.matchCount === 1 ? "was" : "were"} found by bars until ${until}. What a model does before that date was partly seen when they were chosen.`}
      addition={found}
      verb={foundVerb({
        ...{ added: found.added.length, known },
        left: data.matchCount - outside - known - found.added.length,
      })}
      onAdd={(added) => onAddPairs(added, scan.intervalMs)}
    />
  );
}

function Choice<Book>(props: {
  title: string;
  text: string;
  addition: Addition<Book>;
  verb: string;
  onAdd: (added: readonly Book[]) => void;
}) {
  const { title, text, addition, verb, onAdd } = props;
  const { added, refusal } = addition;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        <p className="text-[13px] text-muted">{text}</p>
        {refusal === null ? null : <p className="text-[13px] text-muted">{refusal}</p>}
      </div>
      {refusal === null ? (
        <Button size="sm" onClick={() => onAdd(added)}>
          {verb}
        </Button>
      ) : null}
    </div>
  );
}
