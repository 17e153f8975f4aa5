import { z } from "zod";

/** An instrument by name, for pages that hold no instrument list. */
export const LegView = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  venue: z.string(),
});
export type LegView = z.infer<typeof LegView>;
