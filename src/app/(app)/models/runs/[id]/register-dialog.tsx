"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { type AskedOfModel, modelDifference } from "#contracts/model-difference.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { toMessage } from "#ui/to-message.ts";
import { ButtonLink } from "../../../../button-link.tsx";
import { useTRPC } from "../../../../trpc-client.tsx";

const NAME_MAX = 80;

type Props = {
  of: { readonly runId: string; readonly model: string; readonly group: string };
  /** What the model answers, by which it fits as a version of another. */
  asked: AskedOfModel;
  suggestedName: string;
  onClose: () => void;
};

/** Keeps a trained model in the registry: as a new one, or as the next version of one that is there. */
export function RegisterDialog({ of, asked, suggestedName, onClose }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const models = useQuery(trpc.models.list.queryOptions());
  const [kind, setKind] = useState<"new" | "version">("new");
  const [name, setName] = useState(suggestedName);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const known = (models.data ?? []).map((model) => ({
    ...model,
    difference: modelDifference(model.shown.card, asked),
  }));
  const fitting = known.filter(({ difference }) => difference === null);
  const modelId = chosenId ?? fitting[0]?.id ?? null;
  const { mutate, data, error, isPending } = useMutation(
    trpc.models.register.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.models.pathFilter()),
    }),
  );
  const isReady = kind === "new" ? name.trim() !== "" : modelId !== null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isPending || !isReady) return;
    if (kind === "new") mutate({ ...of, as: { kind, name: name.trim(), notes: "" } });
    else if (modelId !== null) mutate({ ...of, as: { kind, modelId } });
  };
  if (data !== undefined) return <Registered registered={data} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Register the model"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={isPending}
            disabled={!isReady}
          >
            Register
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={formId}
        noValidate
        onSubmit={onSubmit}
        className="flex flex-col gap-4"
      >
        {error === null ? null : (
          <Notice tone="bad" title="The model was not registered" announce>
            {toMessage(error)}
          </Notice>
        )}
        <p className="text-muted">
          What is kept was trained on all rows of the group; its scores are those of the folds. It
          begins as a draft that nobody uses.
        </p>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-[13px] font-medium">Register as</legend>
          <As label="A new model" isChosen={kind === "new"} onChoose={() => setKind("new")} />
          <As
            label={
              models.data === undefined || fitting.length > 0
                ? "A new version of a model"
                : known.length === 0
                  ? "A new version: there is no model yet"
                  : "A new version: no model of the workspace answers the same question"
            }
            isChosen={kind === "version"}
            isDisabled={fitting.length === 0}
            onChoose={() => setKind("version")}
          />
        </fieldset>
        {kind === "new" ? (
          <TextField
            label="Name"
            autoComplete="off"
            maxLength={NAME_MAX}
            value={name}
            error={name.trim() === "" ? "Give the model a name" : undefined}
            onChange={(event) => setName(event.target.value)}
          />
        ) : (
          <SelectField
            label="Model"
            value={modelId ?? ""}
            help="All versions of a model answer the same question: those of another have the reason beside their name."
            options={known.map(({ id, name: label, versions, difference }) => ({
              value: id,
              label: `${label}, ${difference === null ? `${versions} ${versions === 1 ? "version" : "versions"}` : `has ${difference}`}`,
              disabled: difference !== null,
            }))}
            onChange={(event) => setChosenId(event.target.value)}
          />
        )}
      </form>
    </Dialog>
  );
}

function As(props: {
  label: string;
  isChosen: boolean;
  isDisabled?: boolean;
  onChoose: () => void;
}) {
  return (
    <label className="flex min-h-6 items-start gap-2">
      <input
        type="radio"
        name="register-as"
        checked={props.isChosen}
        disabled={props.isDisabled}
        onChange={props.onChoose}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      {props.label}
    </label>
  );
}

function Registered(props: {
  registered: { readonly modelId: string; readonly version: number };
  onClose: () => void;
}) {
  const { modelId, version } = props.registered;
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title="The model is registered"
      footer={
        <>
          <Button onClick={props.onClose}>Close</Button>
          <ButtonLink href={`/models/${modelId}?version=${version}`} variant="primary">
            Open the model
          </ButtonLink>
        </>
      }
    >
      <p className="text-muted">
        It is version {version}, a draft. On its page it is moved to candidate or live.
      </p>
    </Dialog>
  );
}
