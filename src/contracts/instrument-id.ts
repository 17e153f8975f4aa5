import { z } from "zod";

/** Id of an instrument, as large as PostgreSQL's integer holds. */
export const InstrumentId = z.number().int().positive().max(2_147_483_647);
