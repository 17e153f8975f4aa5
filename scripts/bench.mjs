import { handOver } from "./bootstrap.mjs";

handOver("run-benchmarks.ts");
