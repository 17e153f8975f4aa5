import process from "node:process";
import v8 from "node:v8";
import vm from "node:vm";

/** Bytes of this process' heap and buffers that are in use after everything unused is gone. */
export function usedHeapBytes(): number {
  v8.setFlagsFromString("--expose-gc");
  const collect: unknown = vm.runInNewContext("gc");
  if (typeof collect === "function") collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
