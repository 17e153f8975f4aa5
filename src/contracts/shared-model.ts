import type { ModelCard, ModelStage } from "./model.ts";
import type { ReportLeg } from "./report-view.ts";

/** A model card as a page shows it: without ids. Who trained the model is null behind a link. */
export type ShownModelCard = Omit<ModelCard, "books" | "subject" | "trainedBy"> & {
  readonly books: readonly (readonly ReportLeg[])[];
  readonly trainedBy: string | null;
};

/** What a link to a model opens: one version of it, without people, notes and what happened to it. */
export type SharedModel = {
  readonly name: string;
  readonly version: number;
  readonly stage: ModelStage;
  readonly synthetic: boolean;
  readonly card: ShownModelCard;
  /** SHA-256 of the file. */
  readonly contentHash: string;
  readonly fileBytes: number;
  readonly registeredAtMs: number;
  /** It came from a file, card and all: nothing here has checked what the card says. */
  readonly isImported: boolean;
};
