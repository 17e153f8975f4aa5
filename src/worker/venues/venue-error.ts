/**
 * Why a venue did not answer. "banned": too much was asked, and nothing may be asked before `retryAtMs`;
 * "refused": the request is wrong (`code` is the venue's); "unavailable": no answer, or the venue's fault;
 * "malformed": an answer that is not what it should be.
 */
export type VenueErrorKind = "banned" | "refused" | "unavailable" | "malformed";

export class VenueError extends Error {
  readonly kind: VenueErrorKind;
  /** The venue's own number, −1121 for an unknown symbol. */
  readonly code: number | null;
  /** Local UTC ms; of "banned" only. */
  readonly retryAtMs: number | null;

  constructor(
    kind: VenueErrorKind,
    message: string,
    details: { cause?: unknown; code?: number | null; retryAtMs?: number } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = "VenueError";
    this.kind = kind;
    this.code = details.code ?? null;
    this.retryAtMs = details.retryAtMs ?? null;
  }
}
