import { z } from "zod";

/** Id of an instrument, as large as PostgreSQL's integer holds. A choice that was not made is 0. */
export const InstrumentId = z.number().int().positive("Choose an instrument").max(2_147_483_647);
