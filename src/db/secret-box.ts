// Secrets at rest, by envelope encryption (AES-256-GCM, NIST SP 800-38D): each record has a random data
// key, which the installation's key wraps. What a record is bound to stands in the additional data, so
// that a ciphertext moved to another record or workspace does not open.
//
// Layout: format (1 byte) · version of the installation's key (4, big-endian) · nonce (12) · wrapped data
// key (32) · tag (16) · nonce (12) · ciphertext (as long as the text) · tag (16).
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Keys of the installation by version; new secrets are sealed with the current one. */
export type Keyring = {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Buffer>;
};

/** The record that a secret belongs to. */
export type SecretOwner = { readonly workspaceId: string; readonly recordId: string };

const FORMAT = 1;
const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 5;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/**
 * Keys out of SECRETS_KEY: 32 bytes in base64 or base64url, which is version 1; or `2:key,1:key` while an
 * older one is still in use, the current one first.
 *
 * @throws {Error} when it is nothing of the kind; the message has no key in it
 */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<number, Buffer>();
  for (const part of text.split(",")) {
    const [, version = "1", key = ""] = /^(?:(\d{1,9}):)?(.*)$/.exec(part.trim()) ?? [];
    if (!BASE64.test(key) || keys.has(Number(version))) {
      throw new Error("must be 32 bytes in base64 (openssl rand -base64 32)");
    }
    keys.set(Number(version), Buffer.from(key, "base64"));
  }
  const [current] = keys.keys();
  if (current === undefined) throw new Error("Invariant: a split text has a part");
  return { current, keys };
}

/** Seals a secret for one record. */
export function sealSecret(keyring: Keyring, owner: SecretOwner, secret: string): Buffer {
  const dataKey = randomBytes(KEY_BYTES);
  return Buffer.concat([
    wrapKey(keyring, owner, dataKey),
    encrypt(dataKey, Buffer.from(secret, "utf8"), additionalData(owner, "data", FORMAT)),
  ]);
}

/**
 * Opens the secret of a record. Only a worker may: the web process seals what people type, and never
 * needs it again.
 *
 * @throws {Error} when it belongs to another record, was changed, or its key is not in the keyring
 */
export function openSecret(keyring: Keyring, owner: SecretOwner, sealed: Uint8Array): string {
  const box = Buffer.from(sealed);
  const dataKey = unwrapKey(keyring, owner, box);
  const data = box.subarray(HEAD_BYTES + WRAPPED_BYTES);
  return decrypt(dataKey, data, additionalData(owner, "data", FORMAT)).toString("utf8");
}

/**
 * Wraps the data key of a secret with the current key; the secret itself stays as it is.
 *
 * @returns null when it is wrapped with the current key already
 * @throws {Error} as openSecret
 */
export function rewrapSecret(
  keyring: Keyring,
  owner: SecretOwner,
  sealed: Uint8Array,
): Buffer | null {
  const box = Buffer.from(sealed);
  if (keyVersion(box) === keyring.current) return null;
  const dataKey = unwrapKey(keyring, owner, box);
  const data = box.subarray(HEAD_BYTES + WRAPPED_BYTES);
  return Buffer.concat([wrapKey(keyring, owner, dataKey), data]);
}

/** Version of the installation's key that a secret is sealed with. */
export function keyVersion(sealed: Uint8Array): number {
  const box = Buffer.from(sealed);
  if (box[0] !== FORMAT || box.length < HEAD_BYTES + WRAPPED_BYTES + NONCE_BYTES + TAG_BYTES) {
    throw new Error("the stored secret has an unknown format");
  }
  return box.readUInt32BE(1);
}

function wrapKey(keyring: Keyring, owner: SecretOwner, dataKey: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORMAT, 0);
  head.writeUInt32BE(keyring.current, 1);
  const aad = additionalData(owner, "key", keyring.current);
  return Buffer.concat([head, encrypt(keyOf(keyring, keyring.current), dataKey, aad)]);
}

function unwrapKey(keyring: Keyring, owner: SecretOwner, box: Buffer): Buffer {
  const version = keyVersion(box);
  const wrapped = box.subarray(HEAD_BYTES, HEAD_BYTES + WRAPPED_BYTES);
  return decrypt(keyOf(keyring, version), wrapped, additionalData(owner, "key", version));
}

function keyOf({ keys }: Keyring, version: number): Buffer {
  const key = keys.get(version);
  if (key === undefined) throw new Error(`SECRETS_KEY has no key of version ${version}`);
  return key;
}

/** Ids are UUIDs, all of one length, so no two owners give the same text. */
function additionalData(owner: SecretOwner, part: "key" | "data", version: number): Buffer {
  return Buffer.from(`pairdesk/${part}/${version}/${owner.workspaceId}/${owner.recordId}`);
}

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, box: Buffer, aad: Buffer): Buffer {
  const nonce = box.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(box.subarray(-TAG_BYTES));
  const text = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
  // Throws when the tag does not fit: nothing of the text has been used by then.
  return Buffer.concat([text, decipher.final()]);
}
