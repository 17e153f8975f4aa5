/**
 * Flags of every process that runs compiled kernels in threads. V8 guards its code pages by memory protection keys where
 * the processor has them (recent EPYC and Xeon), and aborts the process now and then when threads that run WebAssembly
 * come and go: "Check failed: jit_page.has_value()"; see nodejs/node issue 64500.
 */
export const NODE_FLAGS: readonly string[] = ["--no-memory-protection-keys"];
