/** A limit as the server says it too: in whole units of 1,048,576 bytes, which people call MB. */
export function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)} MB`;
}
