"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Email } from "#contracts/account.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { TextField } from "#ui/text-field.tsx";
import { signInWithPassword } from "../../sign-in-action.ts";
import { ProviderButtons } from "../provider-buttons.tsx";

/** Any password may be tried: rules are for new ones, and old ones must keep working. */
const Credentials = z.object({ email: Email, password: z.string().min(1, "Enter your password") });

export function SignInForm({ destination }: { destination: string }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    resolver: zodResolver(Credentials),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const onSubmit = form.handleSubmit(async ({ email, password }) => {
    setRefusal(null);
    const outcome = await signInWithPassword(email, password);
    if (outcome.kind === "refused") {
      setRefusal(outcome.reason);
      return;
    }
    // A whole new page: nothing that was cached for the person before may be shown to this one.
    window.location.assign(destination);
  });

  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      className="flex flex-col gap-4"
    >
      <FormErrors
        title="You are not signed in"
        problems={refusal === null ? [] : [{ message: refusal }]}
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
        autoComplete="current-password"
        error={errors.password?.message}
        {...form.register("password")}
      />
      <Button
        type="submit"
        variant="primary"
        busy={isSubmitting || (isSubmitSuccessful && refusal === null)}
      >
        Sign in
      </Button>
      <ProviderButtons destination={destination} />
    </form>
  );
}
