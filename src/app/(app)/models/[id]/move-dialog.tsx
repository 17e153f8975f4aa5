"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ModelStage, ModelVersionView, ModelView } from "#contracts/model.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import { useTRPC } from "../../../trpc-client.tsx";
import { MODEL_STAGES } from "../model-stages.ts";
import { verdictWords } from "../verdict-words.ts";
import { isStage, moveConsequence, otherStages, usualStage } from "./move-words.ts";
import { ReasonField } from "./reason-field.tsx";

const FORM_ID = "move-version";

type Props = {
  model: ModelView;
  version: ModelVersionView;
  /** null: to be chosen. */
  stage: ModelStage | null;
  onClose: () => void;
};

/** Moves a version to a stage, and says first what that changes for whoever uses the model. */
export function MoveDialog({ model, version, stage, onClose }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const stages = otherStages(version.stage);
  const [chosen, setChosen] = useState<ModelStage>(stage ?? usualStage(version.stage));
  const [reason, setReason] = useState("");
  const live = model.versions.find((one) => one.stage === "live")?.version ?? null;
  const { mutate, error, isPending } = useMutation(
    trpc.models.move.mutationOptions({
      onSuccess: async ({ replaced }) => {
        await queryClient.invalidateQueries(trpc.models.pathFilter());
        onClose();
        toast({
          title: `Version ${version.version} is ${MODEL_STAGES[chosen].label.toLowerCase()}`,
          ...(replaced === null ? {} : { description: `It has replaced version ${replaced}.` }),
          tone: "good",
        });
      },
    }),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate({ id: model.id, version: version.version, stage: chosen, reason });
  };
  const isPromotion = stage === "live";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        isPromotion
          ? `Promote version ${version.version} to live`
          : `Move version ${version.version}`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM_ID} variant="primary" busy={isPending}>
            {isPromotion ? "Promote" : "Move"}
          </Button>
        </>
      }
    >
      <form method="post" id={FORM_ID} onSubmit={onSubmit} className="flex flex-col gap-4">
        {error === null ? null : (
          <Notice tone="bad" title="Nothing was moved" announce>
            {toMessage(error)}
          </Notice>
        )}
        {isPromotion ? null : (
          <SelectField
            label="Stage"
            options={stages.map((value) => ({ value, label: MODEL_STAGES[value].label }))}
            help={MODEL_STAGES[chosen].help}
            value={chosen}
            onChange={({ target }) => {
              if (isStage(target.value)) setChosen(target.value);
            }}
          />
        )}
        <p aria-live="polite" className="text-muted">
          {moveConsequence({ version: version.version, from: version.stage, to: chosen, live })}
        </p>
        {chosen === "live" ? <Doubt version={version} /> : null}
        <ReasonField value={reason} onChange={setReason} />
      </form>
    </Dialog>
  );
}

/** Nobody is kept from using what does not beat its baselines, but everybody is told. */
function Doubt({ version: { card } }: { version: ModelVersionView }) {
  const { verdict } = card;
  if (verdict?.kind === "beats") return null;
  const { tone, title, sentences } = verdictWords(verdict);
  return (
    <Notice tone={tone} title={title}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}
