/**
 * How far a market order fills from its decision price, always against us.
 *
 * `bps`: a constant share of the price. `half-spread`: half of the quoted width, which is never less
 * than one tick. `volume-share`: impact · share² with share = quantity / volume of the last closed bar
 * (the volume of the bar of the fill is not known at its open); fills of one bar and instrument cost together what
 * one fill of their sum would; no more than `shareMax` of that volume is filled a bar, the rest waits. What cannot wait (the end of the bars, a liquidation, an instrument that has
 * ended) is filled whole, with the slippage of the whole and a share of one at most.
 *
 * Source of volume-share: the VolumeShareSlippage of zipline, on the volume known before the fill.
 */
export type SlippageModel =
  | { readonly kind: "bps"; readonly slippageBps: number }
  | { readonly kind: "half-spread"; readonly bidAskSpreadBps: number }
  | { readonly kind: "volume-share"; readonly impact: number; readonly shareMax: number };

/**
 * What a fill meets: decision price, tick (0: none), units to fill, units that other fills of the bar have taken,
 * units of the last closed bar.
 */
export type SlippageInput = {
  readonly price: number;
  readonly priceTick: number;
  readonly quantityAbs: number;
  readonly takenAbs: number;
  readonly volume: number;
};

const BPS = 10_000;

/**
 * Slippage rate: the fraction of the decision price by which a market order fills worse.
 *
 * @param model the model
 * @param input what the fill meets; a volume of NaN or zero counts as a share of one
 * @returns fraction, not negative
 */
export function slippageRate(model: SlippageModel, input: SlippageInput): number {
  switch (model.kind) {
    case "bps":
      return model.slippageBps / BPS;
    case "half-spread":
      return Math.max(model.bidAskSpreadBps / BPS, input.priceTick / input.price) / 2;
    case "volume-share": {
      const { quantityAbs, takenAbs, volume } = input;
      if (!(volume > 0)) return model.impact;
      const rate = (units: number): number => model.impact * Math.min(units / volume, 1) ** 2;
      if (takenAbs === 0) return rate(quantityAbs);
      const units = takenAbs + quantityAbs;
      return (units * rate(units) - takenAbs * rate(takenAbs)) / quantityAbs;
    }
  }
}

/**
 * Units that one bar lets us fill.
 *
 * @param model the model
 * @param volume units of the last closed bar; NaN where the source has no volumes
 * @returns units, Infinity where the model sets no limit
 */
export function fillableQuantity(model: SlippageModel, volume: number): number {
  if (model.kind !== "volume-share") return Number.POSITIVE_INFINITY;
  return volume > 0 ? model.shareMax * volume : 0;
}
