"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Alert } from "#contracts/alert.ts";
import type { LiveMessage, LiveSnapshot } from "#contracts/live-message.ts";
import { useToast } from "#ui/toast.tsx";
import { isAlertSoundOn, playAlertSound } from "./alert-sound.ts";
import { backgroundTurn } from "./background-turn.ts";
import { openLastingStream } from "./lasting-stream.ts";
import { createLiveStore, type LiveConnection, type LiveStore } from "./live-store.ts";
import { useTRPC, useTRPCClient } from "./trpc-client.tsx";
import { whenIdle } from "./when-idle.ts";

const LiveContext = createContext<LiveStore | null>(null);

function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (store === null) throw new Error("Invariant: the page stands inside LiveEvents");
  return store;
}

/** The newest snapshot of a pair; `delivered` is what the page came with. */
export function useLiveSnapshot(
  livePairId: string,
  delivered: LiveSnapshot | null,
): LiveSnapshot | null {
  const store = useLiveStore();
  const known = () => store.snapshot(livePairId) ?? delivered;
  return useSyncExternalStore(store.subscribe, known, () => delivered);
}

export function useLiveConnection(): LiveConnection {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, store.connection, () => "connecting");
}

/** One stream of news for all pages, as long as this one can be seen. */
export function LiveEvents({ children }: { children: ReactNode }) {
  const [store] = useState(() => createLiveStore(whenIdle));
  useLiveEvents(store);
  return <LiveContext value={store}>{children}</LiveContext>;
}

function useLiveEvents(store: LiveStore): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const tellOf = useAlertToast();
  const lastEventId = useRef<string | undefined>(undefined);
  // Synchronises with the server's stream of events, and with whether anybody can see the page: a
  // hidden one would use one of the six connections that a browser has for a host. Where alerts are to
  // sound, one hidden page goes on listening.
  useEffect(() => {
    const onMessage = ({ id, data }: { id: string; data: LiveMessage }) => {
      lastEventId.current = id;
      switch (data.kind) {
        case "update":
          store.update(data);
          return;
        case "alert":
          tellOf(data.alert);
          void queryClient.invalidateQueries(trpc.alerts.pathFilter());
          return;
        case "alerts-changed":
          void queryClient.invalidateQueries(trpc.alerts.pathFilter());
          return;
        case "watch-changed":
          void queryClient.invalidateQueries(trpc.watch.pathFilter());
          return;
      }
    };
    const open = () =>
      openLastingStream({
        subscribe: (events) =>
          client.live.events.subscribe(
            { lastEventId: lastEventId.current },
            {
              onConnectionStateChange: ({ state }) => {
                if (state === "pending") events.onStarted();
                else if (state === "connecting") events.onLost();
              },
              onData: onMessage,
              onComplete: () => events.onEnded(null),
              onError: events.onEnded,
            },
          ),
        onConnection: store.setConnection,
      });
    let stream = document.hidden ? null : open();
    let endTurn: (() => void) | null = null;
    const rest = async () => {
      const turn = isAlertSoundOn() ? await backgroundTurn() : null;
      if (!document.hidden) {
        turn?.();
      } else if (turn === null) {
        stream?.unsubscribe();
        stream = null;
        store.setConnection("paused");
      } else {
        endTurn = turn;
      }
    };
    const onVisibility = () => {
      if (document.hidden) {
        void rest();
        return;
      }
      endTurn?.();
      endTurn = null;
      stream ??= open();
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      endTurn?.();
      stream?.unsubscribe();
    };
  }, [client, queryClient, store, tellOf, trpc]);
}

/** Tells of an alert once, however often the stream brings it. */
function useAlertToast(): (alert: Alert) => void {
  const toast = useToast();
  const router = useRouter();
  const [tellOf] = useState(() => {
    const told = new Set<string>();
    return (alert: Alert) => {
      if (told.has(alert.id)) return;
      told.add(alert.id);
      toast({
        title: alert.ruleName,
        description: alert.message,
        tone:
          alert.severity === "critical" ? "bad" : alert.severity === "warning" ? "warn" : "accent",
        action: { label: "Open", onAct: () => router.push(alert.href ?? "/alerts") },
      });
      if (isAlertSoundOn()) playAlertSound();
    };
  });
  return tellOf;
}
