/** Classes of SQLSTATE that speak of the data and not of the database's health. */
const REFUSAL_CLASSES = new Set(["22", "23", "42"]);

/** Codes of Node for a network or a TLS connection that failed; others that begin with ERR_ are of wrong arguments. */
const CONNECTION_CODE = /^(E(?!RR_)[A-Z_]+|ERR_(SOCKET|STREAM|SSL|TLS)_\w+|CERT_\w+)$/;

/** What the driver says, without a code, of a connection that is gone, does not come about or does not answer. */
const CONNECTION_MESSAGE =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered a connection error)|The server does not support SSL|There was an error establishing an SSL)/;

/**
 * Whether what was to be written is wrong in itself, so that waiting for the database does not help. An error of
 * which it is not known that the database or the way to it caused it is a bug of ours, and counts as one.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (CONNECTION_CODE.test(code)) return false;
  if (/^[0-9A-Z]{5}$/.test(code)) return REFUSAL_CLASSES.has(code.slice(0, 2));
  return !CONNECTION_MESSAGE.test(error.message);
}
