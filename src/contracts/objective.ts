import { z } from "zod";

/** What trials are judged by; every one is to be large. */
export const Objective = z.enum([
  "sharpeRatio",
  "totalReturn",
  "calmarRatio",
  "sortinoRatio",
  "profitFactor",
]);
export type Objective = z.infer<typeof Objective>;
