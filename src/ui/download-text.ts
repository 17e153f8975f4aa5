"use client";

/** Lets the browser save a text as a file. */
export function downloadText(
  fileName: string,
  text: string,
  type = "text/csv;charset=utf-8",
): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the file over once the click's task is done.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
