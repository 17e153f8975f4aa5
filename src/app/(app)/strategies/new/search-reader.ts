/** Reads parameters of an address as a page on the server is given them. */
export function searchReader(
  search: Readonly<Record<string, string | string[] | undefined>>,
): (key: string) => string | null {
  return (key) => {
    const value = search[key];
    return typeof value === "string" ? value : null;
  };
}
