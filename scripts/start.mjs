import { handOver } from "./bootstrap.mjs";

handOver("supervise.ts");
