/** What the table of refused pairs asks for: on the server and in the browser the same. */
export function refusedPairsOf(scanId: string) {
  return { scanId, show: "refused", sort: { by: "symbols", desc: false } } as const;
}
