"use client";

import { startTransition, useEffect, useMemo, useState } from "react";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { checkDataset, type DatasetCheck } from "./dataset-check.ts";
import type { DatasetFormState } from "./dataset-form-context.tsx";

/** The check of the form as it stands, a moment after what is typed, so that typing never waits for it. */
export function useDatasetCheck(
  form: DatasetFormState,
  series: readonly SeriesCoverage[],
): DatasetCheck {
  const [values, setValues] = useState(() => form.getValues());
  // Follows the form, which keeps what is typed outside of React.
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: typed }) => startTransition(() => setValues({ ...typed })),
      }),
    [form],
  );
  // Memoised because the check reads the whole form and all prices, and the page renders more often.
  return useMemo(() => checkDataset(values, series), [values, series]);
}
