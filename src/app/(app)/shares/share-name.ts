import type { ShareView } from "#contracts/share.ts";

/** What a link is called: its label, or its report where it has none. */
export function shareName({ label, strategyName }: ShareView): string {
  return label === "" ? `Link to ${strategyName}` : label;
}
