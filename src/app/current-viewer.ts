import type { Viewer } from "#contracts/account.ts";
import { serverContext } from "./server-context.ts";

/** Who looks at this page; null when nobody is signed in. */
export async function currentViewer(): Promise<Viewer | null> {
  const { session } = await serverContext();
  return session?.viewer ?? null;
}
