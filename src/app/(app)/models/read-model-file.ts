import { MODEL_FILE_MAX } from "#contracts/model.ts";
import { formatBytes } from "#ui/format.ts";

/** A file that is to be brought here, or why it is none of ours, as a sentence. */
export type ModelFileReading =
  | { readonly kind: "read"; readonly name: string; readonly text: string }
  | { readonly kind: "refused"; readonly message: string };

const FORMAT = "pairdesk-model";

/** Whether a file looks like an exported model; what is in it the server reads. */
export function readModelFile(fileName: string, text: string): ModelFileReading {
  if (text.length > MODEL_FILE_MAX) {
    const most = formatBytes(MODEL_FILE_MAX);
    return { kind: "refused", message: `The file is larger than any model: ${most} at most.` };
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Where JSON breaks off is of no use to whoever chose a wrong file.
    return { kind: "refused", message: "The file is not JSON." };
  }
  if (formatOf(document) !== FORMAT) {
    return { kind: "refused", message: "The file is no model that was downloaded from here." };
  }
  return { kind: "read", name: nameOf(fileName), text };
}

function formatOf(document: unknown): unknown {
  return typeof document === "object" && document !== null && "format" in document
    ? document.format
    : null;
}

const NAME_MAX = 80;

/** The name of the file without its ending and without what a download has put around it. */
function nameOf(fileName: string): string {
  return fileName
    .replace(/\.json$/i, "")
    .replace(/^model-/, "")
    .replace(/-v\d+( \(\d+\))?$/, "")
    .trim()
    .slice(0, NAME_MAX);
}
