import { z } from "zod";
import { CardSubject, ModelStage } from "./model.ts";

/** A version of a model as one that gates entries: what it is called, and which bars it has seen. */
export const GateModelView = z.object({
  modelVersionId: z.uuid(),
  modelId: z.uuid(),
  name: z.string(),
  version: z.number().int(),
  stage: ModelStage,
  /** The model was deleted; what stands behind it still does. */
  isDeleted: z.boolean(),
  /** 2: of pairs; 1: of single instruments. */
  legs: z.number().int(),
  intervalMs: z.number().int(),
  /** 0: it predicts a number. */
  classCount: z.number().int(),
  /** What it is about; null where its card does not say. */
  subject: CardSubject.nullable(),
  /** Open time of the last bar that it has learned from, labels included, UTC ms. */
  learnedUntilMs: z.number(),
});
export type GateModelView = z.infer<typeof GateModelView>;
