"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Alert, AlertDeliveryView } from "#contracts/alert.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useToast } from "#ui/toast.tsx";
import type { Tone } from "#ui/tone.ts";
import { useTRPC } from "../../trpc-client.tsx";

const STATES: Record<AlertDeliveryView["state"], { label: string; tone: Tone }> = {
  pending: { label: "on its way", tone: "neutral" },
  sent: { label: "sent", tone: "good" },
  dead: { label: "given up", tone: "bad" },
};

/** What became of an alert at each channel; one that was given up can be sent again by hand. */
export function Deliveries({ alert }: { alert: Alert }) {
  if (alert.deliveries.length === 0) return <span className="text-muted">in the page</span>;
  return (
    <ul className="flex flex-col gap-1">
      {alert.deliveries.map((delivery) => (
        <li key={delivery.channelId} className="flex flex-wrap items-center gap-1.5">
          <Badge tone={STATES[delivery.state].tone} title={detail(delivery)}>
            {delivery.channelName}: {STATES[delivery.state].label}
          </Badge>
          {delivery.state === "dead" ? (
            <Retry alertId={alert.id} channelId={delivery.channelId} name={delivery.channelName} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function detail({ attempts, lastError }: AlertDeliveryView): string {
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return lastError === null ? tries : `${tries}; ${lastError}`;
}

function Retry(props: { alertId: string; channelId: string; name: string }) {
  const { alertId, channelId, name } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate, isPending } = useMutation(
    trpc.alerts.retryDelivery.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.alerts.pathFilter()),
      onError: (error) =>
        toast({ title: "It was not sent again", description: toMessage(error), tone: "bad" }),
    }),
  );
  return (
    <Button
      size="sm"
      busy={isPending}
      aria-label={`Send again to ${name}`}
      onClick={() => mutate({ alertId, channelId })}
    >
      Send again
    </Button>
  );
}
