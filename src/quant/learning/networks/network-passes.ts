import { type NetworkPass, networkPass, productsPerWindow } from "./network-pass.ts";
import type { NetworkShape, NetworkTensors } from "./network-shape.ts";

/** There and back this is some 60 ms of work, so that a caller is asked often enough. */
const PRODUCTS_PER_SLICE_MAX = 5e7;
/** More windows at once gain nothing, and their states leave the cache. */
const ROWS_MAX = 64;

/** Passes of one network; one of every number of windows is kept. */
export type NetworkPasses = {
  /** Windows at once at most. */
  readonly rowsMax: number;
  readonly ofRows: (rows: number) => NetworkPass;
};

/**
 * Passes of one network, by number of windows.
 *
 * @param shape checked
 * @param parameters kept by reference
 * @param gradients what ways back add to, kept by reference
 * @returns the passes, made when first asked for
 */
export function networkPasses(
  shape: NetworkShape,
  parameters: NetworkTensors,
  gradients: NetworkTensors,
): NetworkPasses {
  const made = new Map<number, NetworkPass>();
  const affordable = Math.floor(PRODUCTS_PER_SLICE_MAX / productsPerWindow(shape));
  return {
    rowsMax: Math.max(1, Math.min(ROWS_MAX, affordable)),
    ofRows: (rows) => {
      const known = made.get(rows);
      if (known !== undefined) return known;
      const pass = networkPass(shape, { parameters, gradients }, rows);
      made.set(rows, pass);
      return pass;
    },
  };
}
