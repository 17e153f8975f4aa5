import { handOver } from "./bootstrap.mjs";

handOver("run-tests.ts");
