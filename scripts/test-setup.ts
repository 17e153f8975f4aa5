import process from "node:process";
import fc from "fast-check";

// The same cases in every run, so that a red run is red for everybody. Others: FAST_CHECK_SEED=7 npm test
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_261_120) });
