import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const GeneratedSecrets = z.object({
  databasePassword: z.string(),
  sessionSecret: z.string(),
  /** Seals the secrets that people store, such as tokens of bots. Lost with it: all of those. */
  secretsKey: z.string(),
});
/** Secrets that a fresh installation makes for itself, once; all are 256 bits, base64url. */
export type GeneratedSecrets = z.infer<typeof GeneratedSecrets>;
const StoredSecrets = GeneratedSecrets.partial();

/** Reads `.data/secrets.json`, or makes it with mode 600; what an older installation lacks is added. */
export function generatedSecrets(dataDir: string): GeneratedSecrets {
  const file = path.join(dataDir, "secrets.json");
  const stored: z.infer<typeof StoredSecrets> = existsSync(file)
    ? StoredSecrets.parse(JSON.parse(readFileSync(file, "utf8")))
    : {};
  const complete = GeneratedSecrets.safeParse(stored);
  if (complete.success) return complete.data;
  const secret = () => randomBytes(32).toString("base64url");
  const secrets = {
    databasePassword: stored.databasePassword ?? secret(),
    sessionSecret: stored.sessionSecret ?? secret(),
    secretsKey: stored.secretsKey ?? secret(),
  };
  mkdirSync(dataDir, { recursive: true });
  // Renamed into place: a crash leaves the old file or the new one, never half of one.
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return secrets;
}
