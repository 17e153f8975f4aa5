import { InvalidInputError } from "../../invalid-input-error.ts";
import { type NetworkShape, parameterCount, requireNetworkShape } from "./network-shape.ts";

/** A trained network: plain data, all that a prediction needs. */
export type RecurrentNetwork = {
  readonly kind: "recurrent-network";
  readonly shape: NetworkShape;
  /** All tensors one after the other, in the order of networkTensors. */
  readonly parameters: Float64Array;
};

/**
 * Entry check of a network that may come out of a file.
 *
 * @param network any
 * @throws {InvalidInputError} "out-of-range": its shape; "length-mismatch": its parameters are not of
 *   that shape; "not-finite": a parameter
 *
 * Cost: O(parameters).
 */
export function requireRecurrentNetwork(network: RecurrentNetwork): void {
  requireNetworkShape(network.shape);
  if (network.parameters.length !== parameterCount(network.shape)) {
    throw new InvalidInputError("length-mismatch", "the network has parameters of another shape");
  }
  if (!network.parameters.every(Number.isFinite)) {
    throw new InvalidInputError("not-finite", "the network has a parameter that is not finite");
  }
}
