// Generates the Prisma client. It needs no schema engine, but the CLI insists on one: any file will do.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const placeholder = path.resolve(".cache/no-schema-engine");
mkdirSync(path.dirname(placeholder), { recursive: true });
writeFileSync(placeholder, "", { mode: 0o755 });
const { status } = spawnSync("node_modules/.bin/prisma", ["generate", "--no-hints"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: placeholder,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  },
});
process.exitCode = status ?? 1;
