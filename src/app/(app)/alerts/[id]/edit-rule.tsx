"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { notFound, useRouter } from "next/navigation";
import type { AlertRuleInput } from "#contracts/alert.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { RuleForm } from "../rule-form.tsx";
import { fieldsOfRule } from "../rule-form-values.ts";

export function EditRule({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { data: rules } = useSuspenseQuery(trpc.alerts.rules.queryOptions());
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) notFound();
  const save = async (changed: AlertRuleInput) => {
    await client.alerts.updateRule.mutate({ id, rule: changed });
    await queryClient.invalidateQueries(trpc.alerts.pathFilter());
    toast({ title: `“${changed.name}” is saved`, tone: "good" });
    router.push("/alerts?tab=rules");
  };
  return (
    <>
      <PageHeader
        title={rule.name}
        lead="Another subject or threshold arms the rule anew; other changes leave its state alone."
        breadcrumbs={[{ label: "Alerts", href: "/alerts?tab=rules" }]}
      />
      <RuleForm
        draftName={`alert-rule-${id}`}
        initial={fieldsOfRule(rule)}
        submitLabel="Save rule"
        onSubmit={save}
      />
    </>
  );
}
