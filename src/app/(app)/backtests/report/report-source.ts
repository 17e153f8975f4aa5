/** Whose report it is: one's own, or one behind a link. */
export type ReportSource =
  | { readonly kind: "own"; readonly id: string }
  | { readonly kind: "link"; readonly token: string };
