import { handOver } from "./bootstrap.mjs";

handOver("quant.ts");
