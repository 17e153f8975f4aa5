/** First bytes of files that are not text, with how to name them to the person. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly refusal: string }[] = [
  { bytes: [0x7f, 0x45, 0x4c, 0x46], refusal: "This is a Linux program, not a CSV file" },
  { bytes: [0x4d, 0x5a], refusal: "This is a Windows program, not a CSV file" },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], refusal: "This is a macOS program, not a CSV file" },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    refusal: "This is a ZIP archive or an Excel workbook: save it as CSV (or .csv.gz) first",
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    refusal: "This is an old Excel or Word file: save it as CSV first",
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], refusal: "This is a PDF document, not a CSV file" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], refusal: "This is a PNG image, not a CSV file" },
  { bytes: [0xff, 0xd8, 0xff], refusal: "This is a JPEG image, not a CSV file" },
  { bytes: [0x42, 0x5a, 0x68], refusal: "This is a bzip2 archive: use CSV or .csv.gz" },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], refusal: "This is an xz archive: use CSV or .csv.gz" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], refusal: "This is a Zstandard archive: use CSV or .csv.gz" },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], refusal: "This is a 7-Zip archive: use CSV or .csv.gz" },
  { bytes: [0x50, 0x41, 0x52, 0x31], refusal: "This is a Parquet file: save it as CSV first" },
  { bytes: [0x23, 0x21], refusal: "This is a script, not a CSV file" },
  { bytes: [0xff, 0xfe], refusal: "Line 1 is UTF-16: save the file as UTF-8" },
  { bytes: [0xfe, 0xff], refusal: "Line 1 is UTF-16: save the file as UTF-8" },
  { bytes: [0x1f, 0x8b], refusal: "This gzip file holds another gzip file: unpack it once" },
];

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Whether the bytes of a file begin a gzip stream. The name of a file decides nothing. */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, GZIP_MAGIC);
}

/** Why a file that begins so cannot be text, or null when it may be. */
export function signatureRefusal(head: Uint8Array): string | null {
  return SIGNATURES.find(({ bytes }) => startsWith(head, bytes))?.refusal ?? null;
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, i) => head[i] === byte);
}
