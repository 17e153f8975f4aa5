"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { AlertChannelInput } from "#contracts/alert.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { TextField } from "#ui/text-field.tsx";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC, useTRPCClient } from "../../trpc-client.tsx";
import { inputResolver } from "../input-resolver.ts";
import { CHANNEL_KINDS } from "./channel-words.ts";

type DialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** A new channel; of a webhook the signing secret is shown once, when it is made. */
export function ChannelDialog({ open, onOpenChange }: DialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    setSecret(null);
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={secret === null ? "New channel" : "Signing secret"}
      width="md"
      footer={
        secret === null ? undefined : (
          <Button variant="primary" onClick={close}>
            I have stored it
          </Button>
        )
      }
    >
      {secret === null ? (
        <ChannelForm
          onDone={(signingSecret) => (signingSecret === null ? close() : setSecret(signingSecret))}
        />
      ) : (
        <SigningSecret secret={secret} />
      )}
    </Dialog>
  );
}

function SigningSecret({ secret }: { secret: string }) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        Every message carries the header <code>pairdesk-signature: t=…,v1=…</code>: the HMAC-SHA256,
        in hexadecimal, of <code>t.body</code> under this secret. It is shown now and never again.
      </p>
      <code className="rounded-md border border-line bg-surface-2 p-3 break-all select-all">
        {secret}
      </code>
      <div>
        <Button onClick={() => void navigator.clipboard.writeText(secret)}>Copy</Button>
      </div>
    </div>
  );
}

/** What the form holds: the fields of every kind, of which one kind's are sent. */
type Fields = {
  kind: AlertChannelInput["kind"];
  name: string;
  address: string;
  url: string;
  chatId: string;
  botToken: string;
};
const NO_FIELDS: Fields = {
  kind: "webhook",
  name: "",
  address: "",
  url: "",
  chatId: "",
  botToken: "",
};

function inputOf({ kind, name, address, url, chatId, botToken }: Fields): unknown {
  switch (kind) {
    case "email":
      return { kind, name, address };
    case "webhook":
      return { kind, name, url };
    case "telegram":
      return { kind, name, chatId, botToken };
  }
}

function ChannelForm({ onDone }: { onDone: (signingSecret: string | null) => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data: options } = useSuspenseQuery(trpc.alerts.options.queryOptions());
  const form = useForm<Fields, unknown, AlertChannelInput>({
    resolver: inputResolver(AlertChannelInput, inputOf),
    mode: "onTouched",
    defaultValues: NO_FIELDS,
  });
  const kind = form.watch("kind");
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(async (input) => {
    try {
      const { signingSecret } = await client.alerts.createChannel.mutate(input);
      await queryClient.invalidateQueries(trpc.alerts.pathFilter());
      toast({ title: `“${input.name}” is ready`, tone: "good" });
      onDone(signingSecret);
    } catch (error) {
      const { field, message } = errorWords(error);
      form.setError(isField(field) ? field : "root", { message });
    }
  });
  return (
    <form
      method="post"
      onSubmit={(event) => void save(event)}
      noValidate
      className="flex flex-col gap-4"
    >
      <FormErrors
        title="The channel was not made"
        problems={errors.root?.message === undefined ? [] : [{ message: errors.root.message }]}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Kind"
          options={Object.entries(CHANNEL_KINDS).map(([value, label]) => ({
            value,
            label,
            disabled: value === "email" && !options.email,
          }))}
          help={options.email ? undefined : "E-mail needs SMTP_URL, which is not set here."}
          error={errors.kind?.message}
          {...form.register("kind")}
        />
        <TextField
          label="Name"
          autoComplete="off"
          error={errors.name?.message}
          {...form.register("name")}
        />
      </div>
      {kind === "email" ? (
        <TextField
          label="Address"
          type="email"
          autoComplete="email"
          error={errors.address?.message}
          {...form.register("address")}
        />
      ) : null}
      {kind === "webhook" ? (
        <TextField
          label="URL"
          type="url"
          autoComplete="off"
          placeholder="https://"
          help="https at port 443, of a public host. Every message is signed; redirects are not followed."
          error={errors.url?.message}
          {...form.register("url")}
        />
      ) : null}
      {kind === "telegram" ? (
        <>
          <TextField
            label="Bot token"
            type="password"
            autoComplete="off"
            help="From @BotFather. It is stored encrypted and never shown again."
            error={errors.botToken?.message}
            {...form.register("botToken")}
          />
          <TextField
            label="Chat"
            autoComplete="off"
            help="The chat's number, or @name of a channel that the bot may write to."
            error={errors.chatId?.message}
            {...form.register("chatId")}
          />
        </>
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={isSubmitting}>
          Add channel
        </Button>
      </div>
    </form>
  );
}

function isField(name: string | null): name is keyof Fields {
  return name !== null && name in NO_FIELDS;
}
