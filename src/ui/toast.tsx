"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { Button } from "./button.tsx";
import type { Tone } from "./tone.ts";

export type ToastMessage = {
  title: string;
  description?: string | undefined;
  tone?: Tone | undefined;
  action?: { label: string; onAct: () => void } | undefined;
};

type ShownToast = ToastMessage & { id: number };

const ToastContext = createContext<(message: ToastMessage) => void>(() => {});

/** Long enough to read and to press Undo; errors stay until they are closed. */
const LIFETIME_MS = 8_000;
const SHOWN_MAX = 3;

const EDGES: Record<Tone, string> = {
  neutral: "border-l-line-strong",
  good: "border-l-good",
  bad: "border-l-bad",
  warn: "border-l-warn",
  accent: "border-l-accent",
};

/** Holds the messages that pass by; wrap the app in it. */
export function ToastHost(props: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const nextId = useRef(0);
  const close = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  const [show] = useState(() => (message: ToastMessage) => {
    nextId.current += 1;
    const id = nextId.current;
    setToasts((shown) => [...shown, { ...message, id }].slice(-SHOWN_MAX));
    if (message.tone !== "bad") setTimeout(() => close(id), LIFETIME_MS);
  });
  return (
    <ToastContext value={show}>
      {props.children}
      <section
        aria-label="Notifications"
        aria-live="polite"
        // At the top, in the middle: buttons of pages stand at the right, those of forms at the bottom.
        className="pointer-events-none fixed inset-x-3 top-3 z-50 flex flex-col items-center gap-2"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </section>
    </ToastContext>
  );
}

function ToastCard(props: { toast: ShownToast; onClose: () => void }) {
  const { title, description, tone = "neutral", action } = props.toast;
  return (
    <div
      className={`flex w-full max-w-sm items-start gap-3 rounded-lg border border-l-4 border-line bg-surface px-3.5 py-3 text-sm shadow-float ${EDGES[tone]}`}
    >
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {description === undefined ? null : <p className="text-muted">{description}</p>}
      </div>
      {action === undefined ? null : (
        <Button
          size="sm"
          className="pointer-events-auto"
          onClick={() => {
            action.onAct();
            props.onClose();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button
        size="sm"
        variant="quiet"
        aria-label="Close"
        className="pointer-events-auto px-1.5"
        onClick={props.onClose}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}

export function useToast(): (message: ToastMessage) => void {
  return useContext(ToastContext);
}
