import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  createCompiledPairKernel,
  type PairKernelExports,
} from "#quant/kernels/compiled-pair-kernel.ts";
import type { PairKernel } from "#quant/kernels/pair-kernel.ts";
import { createPlainPairKernel } from "#quant/kernels/plain-pair-kernel.ts";

/** Compiled by scripts/build-kernels.ts, which `npm start` and `npm test` run. */
const COMPILED = path.resolve(import.meta.dirname, "../../../.cache/kernels/pair-kernel.wasm");

/**
 * A kernel for a thread of its own. The plain kernel has the same bits, so a result does not tell which one
 * made it.
 */
export function loadPairKernel(): PairKernel {
  if (!existsSync(COMPILED)) return createPlainPairKernel();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(COMPILED)));
  return createCompiledPairKernel(exports as PairKernelExports & WebAssembly.Exports);
}
