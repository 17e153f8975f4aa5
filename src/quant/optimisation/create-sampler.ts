import { createGridSampler } from "./grid-sampler.ts";
import type { ParameterSpace } from "./parameter-space.ts";
import { createRandomSampler } from "./random-sampler.ts";
import type { Sampler, SamplerKind } from "./sampler.ts";
import { createTpeSampler } from "./tpe-sampler.ts";

/**
 * A sampler of a kind.
 *
 * @param kind grid order, random without repetition, or tree-structured Parzen estimator
 * @param space what is searched
 * @param seed whole number in [0, 2³²); the grid needs none
 */
export function createSampler(kind: SamplerKind, space: ParameterSpace, seed: number): Sampler {
  switch (kind) {
    case "grid":
      return createGridSampler(space);
    case "random":
      return createRandomSampler(space, seed);
    case "tpe":
      return createTpeSampler(space, seed);
  }
}
