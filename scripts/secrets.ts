import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Secrets that a fresh installation makes for itself, once; all are 256 bits, base64url. */
export type GeneratedSecrets = {
  readonly databasePassword: string;
  readonly sessionSecret: string;
};

/** Reads `.data/secrets.json`, or makes it with mode 600. */
export function generatedSecrets(dataDir: string): GeneratedSecrets {
  const file = path.join(dataDir, "secrets.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const secret = () => randomBytes(32).toString("base64url");
  const secrets = { databasePassword: secret(), sessionSecret: secret() };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return secrets;
}
