import { finite, type Incremental, requireBars } from "./incremental.ts";

/** What the volume of a bar is added for. */
export type ClosedVolume = { readonly close: number; readonly volume: number };

/**
 * On-balance volume (OBV): volume added on bars that rise, taken away on bars that fall.
 *
 * Begins at 0; unchanged where the close is. Only its changes mean something: the start is arbitrary
 * (TTR begins with the first volume).
 *
 * @param bars aligned finite closes and volumes, oldest first
 * @returns one value a bar, unit of the volume
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 *
 * Cost: O(n). Source: Granville (1963). Checked: golden/indicators.json.
 */
export function onBalanceVolume(
  bars: {
    readonly [Field in keyof ClosedVolume]: Float64Array;
  },
): Float64Array {
  const { close, volume } = bars;
  requireBars({ close, volume });
  const next = createOnBalanceVolume();
  return close.map((value, i) => next({ close: value, volume: volume[i]! }));
}

/**
 * Incremental form of onBalanceVolume.
 *
 * @returns next finite close and volume → the balance, 0 at the first bar
 * @throws {InvalidInputError} the returned function "not-finite"
 *
 * Cost: O(1) a bar.
 */
export function createOnBalanceVolume(): Incremental<ClosedVolume, number> {
  let previous: number | null = null;
  let balance = 0;
  return ({ close, volume }) => {
    const direction = previous === null ? 0 : Math.sign(finite(close) - previous);
    // A product with −0 or 0 keeps the balance as it is.
    balance += direction * finite(volume);
    previous = finite(close);
    return balance;
  };
}
