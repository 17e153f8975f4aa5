import { type GruLayer, gruBackward, gruForward, gruLayer } from "./gru-layer.ts";
import type { LayerSize, LayerWiring } from "./layer-core.ts";
import { type LstmLayer, lstmBackward, lstmForward, lstmLayer } from "./lstm-layer.ts";

/** A recurrent layer of either kind at work. */
export type RecurrentLayer = GruLayer | LstmLayer;

/**
 * Recurrent layer of the cell that its size names.
 *
 * @param size of the layer
 * @param wiring parameters, gradients and inputs, kept by reference
 * @returns its buffers
 */
export function recurrentLayer(size: LayerSize, wiring: LayerWiring): RecurrentLayer {
  return size.cell === "gru" ? gruLayer(size, wiring) : lstmLayer(size, wiring);
}

/** See gruForward and lstmForward. */
export function recurrentForward(layer: RecurrentLayer): void {
  if (layer.cell === "gru") gruForward(layer);
  else lstmForward(layer);
}

/** See gruBackward and lstmBackward. */
export function recurrentBackward(layer: RecurrentLayer): void {
  if (layer.cell === "gru") gruBackward(layer);
  else lstmBackward(layer);
}
