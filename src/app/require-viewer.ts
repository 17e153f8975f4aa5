import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Viewer } from "#contracts/account.ts";
import { currentViewer } from "./current-viewer.ts";
import { REQUESTED_PATH_HEADER } from "./requested-path-header.ts";
import { signInHref } from "./sign-in-href.ts";

/**
 * Who looks at this page; nobody is sent to sign in, and back from there. Each page asks for itself before it prefetches:
 * Next renders a page beside its layout, so what the layout finds out comes too late for it.
 */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await currentViewer();
  if (viewer === null) redirect(signInHref((await headers()).get(REQUESTED_PATH_HEADER)));
  return viewer;
}
