"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { AlertRuleInput } from "#contracts/alert.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useToast } from "#ui/toast.tsx";
import { useTRPC, useTRPCClient } from "../../../trpc-client.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { RuleForm } from "../rule-form.tsx";
import { fieldsOfSearch } from "../rule-form-values.ts";

export function NewRule() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { params } = useUrlState();
  const save = async (rule: AlertRuleInput) => {
    await client.alerts.createRule.mutate(rule);
    await queryClient.invalidateQueries(trpc.alerts.pathFilter());
    toast({ title: `“${rule.name}” is on watch`, tone: "good" });
    router.push("/alerts?tab=rules");
  };
  return (
    <>
      <PageHeader
        title="New alert rule"
        lead="One crossing of the threshold raises one alert, also over restarts."
        breadcrumbs={[{ label: "Alerts", href: "/alerts?tab=rules" }]}
      />
      <RuleForm
        draftName={`alert-rule-${params.toString()}`}
        initial={fieldsOfSearch((key) => params.get(key))}
        submitLabel="Save rule"
        onSubmit={save}
      />
    </>
  );
}
