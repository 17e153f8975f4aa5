/** What to tell a person about a failure, in words that are safe to show. */
export function toMessage(error: unknown): string {
  if (!(error instanceof Error) || error.message === "")
    return "Something failed. Nothing was changed.";
  // How browsers name a request that never reached the server.
  if (/failed to fetch|networkerror|load failed/i.test(error.message)) {
    return "The server could not be reached. Nothing was changed; check the connection and try again.";
  }
  return error.message;
}
