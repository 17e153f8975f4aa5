import type { StrategyGate } from "#contracts/strategy.ts";

/** What a gate may do, in words. */
export const GATE_MODES: Readonly<
  Record<StrategyGate["mode"], { readonly label: string; readonly help: string }>
> = {
  approve: {
    label: "Approve",
    help: "Only entries whose direction it gives at least the threshold.",
  },
  veto: {
    label: "Veto",
    help: "All entries but those whose opposite it gives at least the threshold.",
  },
  size: {
    label: "Size",
    help: "As large as it is sure, whole at the threshold; nothing where the other direction is likelier.",
  },
};
