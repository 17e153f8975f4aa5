import { readFileSync } from "node:fs";
import { buildKernels } from "../../../scripts/build-kernels.ts";
import { createCompiledPairKernel, type PairKernelExports } from "./compiled-pair-kernel.ts";
import type { PairKernel } from "./pair-kernel.ts";

/** The compiled kernel of the sources as they are now. */
export async function builtPairKernel(): Promise<PairKernel> {
  await buildKernels();
  const file = new URL("../../../.cache/kernels/pair-kernel.wasm", import.meta.url);
  const { instance } = await WebAssembly.instantiate(readFileSync(file));
  return createCompiledPairKernel(instance.exports as PairKernelExports & WebAssembly.Exports);
}
