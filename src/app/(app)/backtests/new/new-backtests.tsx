"use client";

import { useMutation, useQueryClient, useSuspenseQueries } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import type { BacktestPlan, WalkForward } from "#contracts/backtest-plan.ts";
import { GATED_TRIALS, runsObstacle } from "#contracts/walk-forward-trials.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/panel.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { SeenBarsNotice } from "../../strategies/seen-bars-notice.tsx";
import { seenBarsRefusals } from "../../strategies/seen-bars-refusals.ts";
import { StrategyChoice, versionOf } from "./strategy-choice.tsx";
import { WalkForwardFields } from "./walk-forward-fields.tsx";
import {
  type WalkForwardValues,
  walkForwardDefaults,
  walkForwardOf,
  windowCount,
} from "./walk-forward-values.ts";
import { type WindowSearch, windowSearchOf } from "./window-search.ts";
import { WindowSearchFields } from "./window-search-fields.tsx";

const BREADCRUMBS = [{ label: "Backtests", href: "/backtests" }];
const HOUR_MS = 3_600_000;
const NO_SEARCH: WindowSearch = { varied: [], objective: "sharpeRatio" };
const NO_PROBLEMS: Readonly<Record<string, string>> = {};

/** Kinds that trade a basket, not pairs. */
const BASKETS: ReadonlySet<string> = new Set(["momentum-ranking", "indicator-vote"]);

/** Starts one backtest or many: which versions of which strategies, and by which plan. */
export function NewBacktests() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const params = useSearchParams();
  const toast = useToast();
  const [{ data: all }, { data: universes }] = useSuspenseQueries({
    queries: [trpc.strategies.list.queryOptions(), trpc.universes.list.queryOptions()],
  });
  const strategies = all.filter(({ archived }) => !archived);
  const asked = params.get("version");
  const first = strategies.find(({ versions }) => versions.some(({ id }) => id === asked));
  // What was chosen here; until then what the address asks for, as soon as a list has it: the one that stands
  // in the cache may be older than the version.
  const [ownVersions, setVersions] = useState<ReadonlyMap<string, string>>(new Map());
  const [ownChosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const firstId = first?.id;
  const versions = useMemo(
    () =>
      firstId === undefined || asked === null
        ? ownVersions
        : new Map([[firstId, asked], ...ownVersions]),
    [firstId, asked, ownVersions],
  );
  const chosen = useMemo(
    () => ownChosen ?? new Set(firstId === undefined ? [] : [firstId]),
    [firstId, ownChosen],
  );
  const [planKind, setPlanKind] = useState<BacktestPlan["kind"]>(
    params.get("plan") === "walk-forward" ? "walk-forward" : "single",
  );
  const [typed, setTyped] = useState<WalkForwardValues | null>(null);
  const [search, setSearch] = useState<WindowSearch>(NO_SEARCH);
  const [isTried, setTried] = useState(false);

  const runs = strategies.flatMap((strategy) => {
    const version = chosen.has(strategy.id) ? versionOf(strategy, versions) : undefined;
    return version === undefined ? [] : [version];
  });
  const intervalMs = runs[0]?.config.intervalMs ?? HOUR_MS;
  const values = typed ?? walkForwardDefaults(intervalMs);
  const universe = universes.find(({ id }) => id === values.universeId);
  const form = walkForwardOf(values, universe?.instruments.map(({ id }) => id) ?? []);
  const searchForm = windowSearchOf(
    search,
    runs.map(({ config }) => config),
  );
  const canScan = runs.every(({ config }) => !BASKETS.has(config.kind));

  const onVersionChange = useCallback((strategyId: string, versionId: string) => {
    setVersions((before) => new Map(before).set(strategyId, versionId));
  }, []);
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (plan: BacktestPlan) => {
      const ids = runs.map(({ id }) => id);
      const [only] = ids;
      if (ids.length === 1 && only !== undefined) {
        return [await client.backtests.start.mutate({ strategyVersionId: only, plan })];
      }
      return client.backtests.startMany.mutate(
        ids.map((strategyVersionId) => ({ strategyVersionId, plan })),
      );
    },
    onSuccess: async (started) => {
      await queryClient.invalidateQueries(trpc.backtests.list.pathFilter());
      const [only] = started;
      if (started.length === 1 && only !== undefined) router.push(`/backtests/${only.backtestId}`);
      else {
        toast({ title: `${formatInteger(started.length)} backtests started` });
        router.push("/backtests");
      }
    },
  });
  const tooMany =
    form.kind === "valid" && searchForm.kind === "valid"
      ? searchObstacle(runs, form.walkForward, searchForm.combinations)
      : null;
  const isGated = runs.some(({ config }) => config.gate !== undefined);
  const searchProblems =
    tooMany !== null
      ? { search: tooMany }
      : searchForm.kind === "refused" && (isTried || isGated)
        ? searchForm.problems
        : NO_PROBLEMS;
  const seenBars = planKind === "single" ? seenBarsRefusals(runs) : [];
  const onStart = () => {
    setTried(true);
    if (runs.length === 0 || seenBars.length > 0) return;
    if (planKind === "single") mutate({ kind: "single" });
    else if (form.kind === "valid" && searchForm.kind === "valid" && tooMany === null) {
      const walkForward = { ...form.walkForward, optimise: searchForm.optimise };
      mutate({ kind: "walk-forward", walkForward });
    }
  };

  return (
    <>
      <PageHeader
        title="Start backtests"
        lead="Choose strategies and how they are run. Each becomes a job with a report of its own."
        breadcrumbs={BREADCRUMBS}
        actions={
          <Button variant="primary" busy={isPending} onClick={onStart}>
            {runs.length > 1 ? `Start ${formatInteger(runs.length)} backtests` : "Start"}
          </Button>
        }
      />
      <div className="flex flex-col gap-6">
        {error === null ? null : (
          <Notice tone="bad" title="Nothing was started" announce>
            {toMessage(error)}
          </Notice>
        )}
        {isTried && runs.length === 0 ? (
          <Notice tone="bad" title="Choose at least one strategy" announce />
        ) : null}
        <SeenBarsNotice refusals={seenBars} />
        {strategies.length === 0 ? (
          <Panel>
            <EmptyState
              title="No strategy yet"
              action={
                <ButtonLink href="/strategies/new" variant="primary">
                  Make a strategy
                </ButtonLink>
              }
            >
              A backtest runs a version of a strategy, so that comes first.
            </EmptyState>
          </Panel>
        ) : (
          <StrategyChoice
            strategies={strategies}
            versions={versions}
            onVersionChange={onVersionChange}
            chosen={chosen}
            onChosenChange={setChosen}
          />
        )}
        <Panel title="Plan">
          <fieldset className="flex flex-col gap-2">
            <legend className="sr-only">Plan</legend>
            <PlanChoice
              value="single"
              label="Single run"
              help="Learns in the strategy's formation period and trades its trading period once."
              isChosen={planKind === "single"}
              onChoose={setPlanKind}
            />
            <PlanChoice
              value="walk-forward"
              label="Walk-forward"
              help="Learns, trades a little, and goes on: every traded bar comes after everything that was learned for it."
              isChosen={planKind === "walk-forward"}
              onChoose={setPlanKind}
            />
          </fieldset>
          {planKind === "walk-forward" ? (
            <div className="mt-4 border-t border-line pt-4">
              <WalkForwardFields
                values={values}
                onChange={setTyped}
                problems={form.kind === "refused" && isTried ? form.problems : NO_PROBLEMS}
                universes={universes}
                canScan={canScan}
              />
              <div className="mt-4">
                <WindowSearchFields
                  search={search}
                  onChange={setSearch}
                  problems={searchProblems}
                  strategyKind={runs[0]?.config.kind ?? null}
                  obstacle={isGated ? GATED_TRIALS : null}
                />
              </div>
              <p aria-live="polite" className="mt-4 text-sm text-muted">
                {form.kind === "valid"
                  ? runs.length === 0
                    ? "Choose a strategy to see how many windows there will be."
                    : windowsWords(runs, form.walkForward)
                  : "Fill in the fields to see how many windows there will be."}
                {searchForm.kind === "valid" && searchForm.optimise !== null
                  ? ` ${formatInteger(searchForm.combinations)} ${searchForm.combinations === 1 ? "combination is" : "combinations are"} tried for each pair or basket of each window.`
                  : ""}
                {universe !== undefined && universe.intervalMs !== intervalMs
                  ? " The universe has bars of another interval than the strategy: pairs will be looked for at the strategy's."
                  : ""}
              </p>
            </div>
          ) : null}
        </Panel>
      </div>
    </>
  );
}

type Version = NonNullable<ReturnType<typeof versionOf>>;

/** Why the search of the windows would run too often, or null. */
function searchObstacle(
  runs: readonly Version[],
  walkForward: WalkForward,
  combinations: number,
): string | null {
  if (combinations === 1) return null;
  for (const { config } of runs) {
    const bars = Math.floor((config.trading.endMs - config.formation.startMs) / config.intervalMs);
    const { selection } = walkForward;
    const books = selection.kind === "scan" ? selection.pairsMax : config.books.length;
    const found = runsObstacle({ windows: windowCount(bars, walkForward), books, combinations });
    if (found !== null) return found.message;
  }
  return null;
}

/** Strategies of the same dates have the same to say. */
function windowsWords(
  runs: readonly Version[],
  walkForward: Parameters<typeof windowCount>[1],
): string {
  return [...new Set(runs.map((version) => windowWords(version, walkForward)))].join(" ");
}

function windowWords({ config }: Version, walkForward: Parameters<typeof windowCount>[1]): string {
  const bars = Math.floor((config.trading.endMs - config.formation.startMs) / config.intervalMs);
  const count = windowCount(bars, walkForward);
  return count === 0
    ? `The ${formatInteger(bars)} bars from the start of the formation to the end of the trading period are too few for a window.`
    : `About ${formatInteger(count)} ${count === 1 ? "window" : "windows"} in up to ${formatInteger(bars)} bars.`;
}

function PlanChoice(props: {
  value: BacktestPlan["kind"];
  label: string;
  help: string;
  isChosen: boolean;
  onChoose: (value: BacktestPlan["kind"]) => void;
}) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <input
        type="radio"
        name="plan"
        checked={props.isChosen}
        onChange={() => props.onChoose(props.value)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        <span className="font-medium">{props.label}</span>
        <span className="block text-muted">{props.help}</span>
      </span>
    </label>
  );
}
