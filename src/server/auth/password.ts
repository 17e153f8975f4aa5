import { hash, verify } from "@node-rs/argon2";
import { createSlots } from "./hash-slots.ts";

/** argon2id, the library's default variant, at OWASP's first choice of costs (ASVS 11.4.2). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const COST_PREFIX = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** Each hash takes 19 MiB and some 20 ms of a core. */
const slots = createSlots(2, 100);

/**
 * Hash of a random password that nobody knows. It is checked where there is no account, so that the
 * answer takes as long as where there is one (ASVS 6.3.8).
 */
const DUMMY_HASH = `${COST_PREFIX}4MiArAB6s1ixN7FHYapPZQ$5YdoNPqsJmiWdc63syYl1OBU7cY+EN5WGrPIzUJxLbw`;

/** Hash of a password, as a PHC string with a random salt. */
export function hashPassword(password: string): Promise<string> {
  return slots.run(() => hash(password.normalize("NFKC"), COST));
}

/** True when the password belongs to the hash; null, where there is no hash, costs the same and is false. */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const verified = await slots.run(() =>
    verify(passwordHash ?? DUMMY_HASH, password.normalize("NFKC")),
  );
  return verified && passwordHash !== null;
}

/** True when a hash was made with other costs than those in force: it is replaced at the next sign-in. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(COST_PREFIX);
}
