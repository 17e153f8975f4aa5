"use client";

import { PageHeader } from "#ui/page-header.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { ButtonLink } from "../../button-link.tsx";
import { useUrlState } from "../discover/use-url-state.ts";
import { AlertHistory } from "./alert-history.tsx";
import { AlertRules } from "./alert-rules.tsx";
import { Channels } from "./channels.tsx";
import { SoundSwitch } from "./sound-switch.tsx";

export function AlertsView() {
  const { params, set } = useUrlState();
  return (
    <>
      <PageHeader
        title="Alerts"
        lead="Rules that watch pairs, the feed and jobs for you. Each crossing of a threshold raises exactly one alert."
        actions={
          <>
            <SoundSwitch />
            <ButtonLink href="/alerts/new" variant="primary">
              New rule
            </ButtonLink>
          </>
        }
      />
      <Tabs
        ariaLabel="Alerts"
        value={params.get("tab") ?? "history"}
        onValueChange={(tab) => set({ tab: tab === "history" ? null : tab })}
        tabs={[
          { id: "history", label: "History", content: <AlertHistory /> },
          { id: "rules", label: "Rules", content: <AlertRules /> },
          { id: "channels", label: "Where they go", content: <Channels /> },
        ]}
      />
    </>
  );
}
