import type { PairKernel } from "./pair-kernel.ts";

/** What the compiled module exports; the instance is made by whoever may touch the platform. */
export type PairKernelExports = {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly reserve: (bars: number, lags: number) => void;
  readonly addressOfY: () => number;
  readonly addressOfX: () => number;
  readonly addressOfPenalties: () => number;
  readonly addressOfInputs: () => number;
  readonly addressOfAnswers: () => number;
  /** Returns 0 for false. */
  readonly run: (bars: number, lags: number, isSearched: number) => number;
};

/** Slots of the blocks of inputs and answers. */
const BLOCK_LENGTH = 8;

/** Bars that a kernel has room for from the start; a longer pair makes it grow. */
const BARS_AT_FIRST = 8_192;
const LAGS_AT_FIRST = 64;

/**
 * The pair kernel compiled to WebAssembly: twice as fast as createPlainPairKernel, with the same bits.
 *
 * @param exports of an instance of assembly/pair-kernel.ts that nobody else uses
 * @returns the kernel over the memory of that instance
 *
 * Checked: to the bit against createPlainPairKernel.
 */
export function createCompiledPairKernel(exports: PairKernelExports): PairKernel {
  let room = { bars: BARS_AT_FIRST, lags: LAGS_AT_FIRST };
  exports.reserve(room.bars, room.lags);
  const doubles = (address: number, length: number): Float64Array =>
    new Float64Array(exports.memory.buffer, address, length);
  return {
    reserve: (bars, lags) => {
      if (bars > room.bars || lags > room.lags) {
        room = { bars: Math.max(bars, room.bars), lags: Math.max(lags, room.lags) };
        exports.reserve(room.bars, room.lags);
      }
      return {
        y: doubles(exports.addressOfY(), room.bars),
        x: doubles(exports.addressOfX(), room.bars),
        penalties: doubles(exports.addressOfPenalties(), room.lags + 1),
        inputs: doubles(exports.addressOfInputs(), BLOCK_LENGTH),
        answers: doubles(exports.addressOfAnswers(), BLOCK_LENGTH),
      };
    },
    run: (bars, lags, isSearched) => exports.run(bars, lags, isSearched ? 1 : 0) !== 0,
  };
}
