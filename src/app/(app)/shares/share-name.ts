import type { ShareView } from "#contracts/share.ts";

/** What a link opens, by name. */
export function sharedName(share: ShareView): string {
  return share.kind === "report" ? share.strategyName : `${share.modelName} v${share.modelVersion}`;
}

/** What a link is called: its label, or what it opens where it has none. */
export function shareName(share: ShareView): string {
  return share.label === "" ? `Link to ${sharedName(share)}` : share.label;
}
