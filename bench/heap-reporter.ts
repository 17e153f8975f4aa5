// Imported into a measured process before its own code (`node --import`): on a message from its parent it
// answers with the bytes of its heap that are in use after everything unused is gone.
import process from "node:process";
import { usedHeapBytes } from "./used-heap.ts";

process.on("message", () => process.send?.(usedHeapBytes()));
// Being asked is no reason to stay alive.
process.channel?.unref();
