import process from "node:process";
import { serverEnv } from "./env.ts";

/** Ends the process with a clear message when its configuration is wrong. */
export function requireServerEnv(): void {
  try {
    serverEnv();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
