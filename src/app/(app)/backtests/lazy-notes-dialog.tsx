import { type ComponentProps, lazy, Suspense } from "react";
import type { NotesDialog } from "./notes-dialog.tsx";

const Loaded = lazy(async () => ({ default: (await import("./notes-dialog.tsx")).NotesDialog }));

/** Loaded when it is first wanted: what checks tags takes more code than the rest of a page's dialogs. */
export function LazyNotesDialog(props: ComponentProps<typeof NotesDialog>) {
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
