import { headers } from "next/headers";
import { cache } from "react";
import { type Context, createContext } from "#server/context.ts";

/** Who asks for this page and where data is; looked up once a request. */
export const serverContext = cache(
  async (): Promise<Context> => createContext(new Headers(await headers())),
);
