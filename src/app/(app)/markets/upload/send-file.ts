import { textFieldOf } from "../../../text-field-of.ts";

export type SendOutcome =
  | { readonly kind: "sent"; readonly uploadId: string; readonly jobId: string }
  | { readonly kind: "refused"; readonly reason: string };

export type SendingFile = { readonly outcome: Promise<SendOutcome>; readonly abort: () => void };

/**
 * Sends one file as the body of one request. XMLHttpRequest, because fetch tells nothing about how
 * much of a body has been sent.
 */
export function sendFile(file: File, onProgress: (fraction: number) => void): SendingFile {
  const request = new XMLHttpRequest();
  const outcome = new Promise<SendOutcome>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = () =>
      resolve(refused("The connection was lost. Nothing of the file was kept"));
    request.onabort = () => resolve(refused("Cancelled. Nothing of the file was kept"));
  });
  request.open("POST", `/api/uploads?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.setRequestHeader("x-pairdesk", "1");
  request.send(file);
  return { outcome, abort: () => request.abort() };
}

/** What the server's answer means; an answer that is not understood is a refusal with its status. */
export function readAnswer(status: number, text: string): SendOutcome {
  const body = parseJson(text);
  const uploadId = textFieldOf(body, "uploadId");
  const jobId = textFieldOf(body, "jobId");
  if (status < 300 && uploadId !== null && jobId !== null) return { kind: "sent", uploadId, jobId };
  const message = textFieldOf(body, "message");
  if (message !== null) return refused(message);
  if (status === 413) return refused("The file is larger than the limit");
  return refused(`The server refused the file (status ${status})`);
}

function refused(reason: string): SendOutcome {
  return { kind: "refused", reason };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy between answers in HTML; the status then says all that is known.
    return null;
  }
}
