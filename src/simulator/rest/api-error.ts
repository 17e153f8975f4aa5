/** An answer that refuses a request: HTTP status and the venue's own code and message. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

// Wording: binance-spot-api-docs, errors.md.
export const INVALID_SYMBOL = new ApiError(400, -1121, "Invalid symbol.");
export const INVALID_INTERVAL = new ApiError(400, -1120, "Invalid interval.");
export const BAD_COMBINATION = new ApiError(
  400,
  -1128,
  "Combination of optional parameters invalid.",
);

export function missingParameter(name: string): ApiError {
  return new ApiError(
    400,
    -1102,
    `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`,
  );
}

export function invalidParameter(name: string): ApiError {
  return new ApiError(400, -1130, `Data sent for parameter '${name}' is not valid.`);
}

export function illegalCharacters(name: string, range: string): ApiError {
  return new ApiError(
    400,
    -1100,
    `Illegal characters found in parameter '${name}'; legal range is '${range}'.`,
  );
}
