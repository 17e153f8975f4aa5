"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { SignUpInput } from "#contracts/account.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { TextField } from "#ui/text-field.tsx";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC } from "../../trpc-client.tsx";

const NameInput = SignUpInput.pick({ name: true });

export function NameForm({ name }: { name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const form = useForm({ resolver: zodResolver(NameInput), defaultValues: { name } });
  const { mutate, isPending } = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async () => {
        toast({ title: "Your name is saved", tone: "good" });
        await queryClient.invalidateQueries(trpc.account.me.queryFilter());
        // The rail gets the name from the server.
        router.refresh();
      },
      onError: (error) => form.setError("name", { message: errorWords(error).message }),
    }),
  );
  const onSubmit = form.handleSubmit((input) => mutate(input));
  return (
    <Panel title="Name">
      <form
        method="post"
        noValidate
        onSubmit={(event) => void onSubmit(event)}
        className="flex flex-wrap items-end gap-3"
      >
        <TextField
          label="Name"
          autoComplete="name"
          className="min-w-48 flex-1"
          error={form.formState.errors.name?.message}
          {...form.register("name")}
        />
        <Button type="submit" busy={isPending}>
          Save name
        </Button>
      </form>
    </Panel>
  );
}
