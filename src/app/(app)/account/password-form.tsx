"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Password } from "#contracts/account.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { TextField } from "#ui/text-field.tsx";
import { useToast } from "#ui/toast.tsx";
import { errorWords } from "../../error-words.ts";
import { useTRPC } from "../../trpc-client.tsx";

const PasswordChange = z.object({
  current: z.string().min(1, "Enter your current password").max(256),
  next: Password,
});

export function PasswordForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const form = useForm({
    resolver: zodResolver(PasswordChange),
    defaultValues: { current: "", next: "" },
  });
  const { mutate, isPending } = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: async () => {
        form.reset();
        toast({
          title: "Your password is changed",
          description: "All other sessions have ended.",
          tone: "good",
        });
        await queryClient.invalidateQueries(trpc.account.sessions.queryFilter());
      },
      onError: (error) => {
        const { field, message } = errorWords(error);
        form.setError(field === "current" ? "current" : "next", { message });
      },
    }),
  );
  const { errors } = form.formState;
  const onSubmit = form.handleSubmit((input) => mutate(input));
  return (
    <Panel title="Password" lead="Changing it ends all other sessions.">
      <form
        method="post"
        noValidate
        onSubmit={(event) => void onSubmit(event)}
        className="grid items-start gap-4 sm:grid-cols-2"
      >
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          error={errors.current?.message}
          {...form.register("current")}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          help="At least 8 characters; 15 or more are better."
          error={errors.next?.message}
          {...form.register("next")}
        />
        <div className="sm:col-span-2">
          <Button type="submit" busy={isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  );
}
