"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useDeferredValue, useMemo, useState } from "react";
import { type UseFormReturn, useForm, useWatch } from "react-hook-form";
import type { OptimisationConfig } from "#contracts/optimisation.ts";
import type { StrategyVersionView } from "#contracts/strategy.ts";
import { FormErrors } from "#ui/form-errors.tsx";
import { Notice } from "#ui/notice.tsx";
import { errorWords } from "../../../error-words.ts";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useFormDraft } from "../../discover/use-form-draft.ts";
import { parametersOf } from "../../strategies/parameter-groups.ts";
import { checkOptimisation, type OptimisationCheck } from "../optimisation-check.ts";
import { initialOptimisation, type OptimisationFormValues } from "../optimisation-form-values.ts";
import { MethodFields } from "./method-fields.tsx";
import { SpaceFields } from "./space-fields.tsx";
import { StartPanel } from "./start-panel.tsx";

export type OptimisationForm = UseFormReturn<OptimisationFormValues>;

type Attempt = {
  readonly wasTried: boolean;
  readonly isBusy: boolean;
  readonly error: { readonly message: string; readonly fieldId?: string } | null;
};

/** What to vary, how to search and by what to judge, beside what that comes to. */
export function OptimisationForm({ version }: { version: StrategyVersionView }) {
  const { kind, parameters } = version.config;
  const form = useForm<OptimisationFormValues>({
    defaultValues: initialOptimisation(kind, parameters),
  });
  const forgetDraft = useFormDraft(form, `form of optimisation ${version.id}`);
  const typed = useWatch({ control: form.control });
  // A large range takes a moment to check, and typing must not wait for it.
  const deferred = useDeferredValue(typed);
  const check = useMemo(() => {
    // What was typed and not what the watch holds, whose parts may be missing.
    void deferred;
    return checkOptimisation(version.config, form.getValues());
  }, [deferred, form, version]);
  const [attempt, setAttempt] = useState<Attempt>(NOT_TRIED);
  const start = useStart(version.id);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (attempt.isBusy) return;
    // What is shown may be a moment behind what is typed.
    const { config } = checkOptimisation(version.config, form.getValues());
    setAttempt({ wasTried: true, isBusy: config !== null, error: null });
    if (config === null) return;
    try {
      await start(config);
      forgetDraft();
    } catch (error) {
      const { message, field } = errorWords(error);
      const at = field?.replace(/^config\./, "");
      setAttempt({
        wasTried: true,
        isBusy: false,
        error: at === undefined ? { message } : { message, fieldId: at },
      });
    }
  };
  const problemOf = problemFinder(check, attempt.wasTried);
  const obstacle = problemOf("strategyVersionId");
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-6 xl:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]"
    >
      <div className="flex min-w-0 flex-col gap-6">
        {obstacle === undefined ? null : (
          <Notice tone="warn" title="This version cannot be optimised">
            {obstacle}. Take its gate away in a new version, or choose another above.
          </Notice>
        )}
        <FormErrors
          title="This could not be started yet"
          problems={attempt.wasTried ? summedUp(check, attempt.error, labelsOf(version)) : []}
        />
        <SpaceFields
          form={form}
          kind={kind}
          base={parameters}
          valueCounts={check.valueCounts}
          problemOf={problemOf}
        />
        <MethodFields form={form} problemOf={problemOf} />
      </div>
      <StartPanel check={check} form={form} isBusy={attempt.isBusy} />
    </form>
  );
}

const NOT_TRIED: Attempt = { wasTried: false, isBusy: false, error: null };

/** Starts the search and goes to its page. */
function useStart(strategyVersionId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (config: OptimisationConfig) => {
    const { optimisationId } = await client.optimisations.start.mutate({
      strategyVersionId,
      config,
    });
    router.push(`/optimisations/${optimisationId}`);
    await Promise.all([
      queryClient.invalidateQueries(trpc.optimisations.list.pathFilter()),
      queryClient.invalidateQueries(trpc.jobs.pathFilter()),
    ]);
  };
}

/** What is wrong with a field. That nothing is chosen yet is no fault before somebody tries to start. */
function problemFinder(check: OptimisationCheck, wasTried: boolean) {
  const isUntouched = Object.keys(check.valueCounts).length === 0 && check.combinations !== null;
  return (path: string): string | undefined => {
    if (path === "space" && isUntouched && !wasTried) return undefined;
    return check.problems.find((one) => one.path === path)?.message;
  };
}

function summedUp(
  check: OptimisationCheck,
  error: Attempt["error"],
  labels: Readonly<Record<string, string>>,
) {
  const listed = check.problems.map(({ path, message }) => {
    const name = path.startsWith("space.") ? (path.split(".")[1] ?? "") : path;
    const label = labels[name];
    return { message: label === undefined ? message : `${label}: ${message}`, fieldId: path };
  });
  return error === null ? listed : [error, ...listed];
}

function labelsOf({ config }: StrategyVersionView): Readonly<Record<string, string>> {
  const named = parametersOf(config.kind).map(({ name, parameter }) => [name, parameter.label]);
  return {
    ...Object.fromEntries(named),
    "method.trials": "Trials",
    "method.seed": "Seed",
    tradesMin: "Least trades",
  };
}
