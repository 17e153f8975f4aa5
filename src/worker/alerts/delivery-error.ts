/** Why a message did not arrive; the text is safe to show and to log. */
export class DeliveryError extends Error {
  /** Trying again is of no use. */
  readonly isFinal: boolean;
  /** How long the other side asks to be left alone, ms. */
  readonly retryAfterMs: number;

  constructor(
    message: string,
    options: { isFinal?: boolean; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "DeliveryError";
    this.isFinal = options.isFinal ?? false;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name could not be found",
  EAI_AGAIN: "the name could not be looked up",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed",
  EPIPE: "the connection was closed",
  UND_ERR_SOCKET: "the connection was closed",
  EHOSTUNREACH: "it cannot be reached",
  ENETUNREACH: "it cannot be reached",
  ETIMEDOUT: "it did not answer in time",
  ABORT_ERR: "it did not answer in time",
  TimeoutError: "it did not answer in time",
};

/**
 * What went wrong with a connection, in words. Of an error nothing is shown but its code: messages may
 * hold an address with a token in it.
 */
export function connectionFault(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const code = codeOf(error);
  if (/^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)|_CERT/.test(code)) {
    return new DeliveryError(`its certificate is not accepted (${code})`);
  }
  return new DeliveryError(WORDS[code] ?? `it could not be reached (${code})`);
}

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === "TimeoutError") return at.name;
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "no code";
}

/** `Retry-After` of a reply: seconds or a date (RFC 9110 10.2.3), ms; 0 when there is none. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number {
  if (!header) return 0;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
