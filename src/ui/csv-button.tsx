"use client";

import { Download } from "lucide-react";
import { Button } from "./button.tsx";
import { downloadText } from "./download-text.ts";

/** Saves what is shown as a CSV; the text is made when it is asked for. */
export function CsvButton({ name, csv }: { name: string; csv: () => string }) {
  return (
    <Button size="sm" variant="quiet" onClick={() => downloadText(`${name}.csv`, csv())}>
      <Download aria-hidden />
      CSV
    </Button>
  );
}
