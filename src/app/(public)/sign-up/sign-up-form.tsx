"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { SignUpInput } from "#contracts/account.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { TextField } from "#ui/text-field.tsx";
import { errorWords } from "../../error-words.ts";
import { signInWithPassword } from "../../sign-in-action.ts";
import { useTRPC } from "../../trpc-client.tsx";
import { ProviderButtons } from "../provider-buttons.tsx";

export function SignUpForm({ destination }: { destination: string }) {
  const trpc = useTRPC();
  const signUp = useMutation(trpc.account.signUp.mutationOptions());
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    resolver: zodResolver(SignUpInput),
    defaultValues: { name: "", email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const onSubmit = form.handleSubmit(async (input) => {
    setRefusal(null);
    try {
      await signUp.mutateAsync(input);
    } catch (error) {
      // The person reads the refusal at the field it is about, else above the form.
      const { field, message } = errorWords(error);
      if (field === "name" || field === "email" || field === "password") {
        form.setError(field, { message });
      }
      setRefusal(message);
      return;
    }
    const outcome = await signInWithPassword(input.email, input.password);
    if (outcome.kind === "signed-in") window.location.assign(destination);
    else setRefusal(`The account exists now. ${outcome.reason}`);
  });

  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      className="flex flex-col gap-4"
    >
      <FormErrors
        title="You are not signed up yet"
        problems={refusal === null ? [] : [{ message: refusal }]}
      />
      <TextField
        label="Name"
        autoComplete="name"
        error={errors.name?.message}
        {...form.register("name")}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        error={errors.email?.message}
        {...form.register("email")}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        help="At least 8 characters; 15 or more are better. Any characters will do."
        error={errors.password?.message}
        {...form.register("password")}
      />
      <Button
        type="submit"
        variant="primary"
        busy={isSubmitting || (isSubmitSuccessful && refusal === null)}
      >
        Sign up
      </Button>
      <ProviderButtons destination={destination} />
    </form>
  );
}
