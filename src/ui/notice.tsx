import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./tone.ts";

const LOOKS: Record<Tone, { box: string; icon: string; Icon: typeof Info }> = {
  neutral: { box: "border-line bg-surface-2", icon: "text-muted", Icon: Info },
  good: { box: "border-good/30 bg-good-soft", icon: "text-good", Icon: CircleCheck },
  bad: { box: "border-bad/30 bg-bad-soft", icon: "text-bad", Icon: CircleAlert },
  warn: { box: "border-warn/30 bg-warn-soft", icon: "text-warn", Icon: TriangleAlert },
  accent: { box: "border-accent/30 bg-accent-soft", icon: "text-accent", Icon: Info },
};

export type NoticeProps = {
  tone?: Tone | undefined;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** Announced at once when it appears: for what the person's own act brought about. */
  announce?: boolean | undefined;
};

export function Notice(props: NoticeProps) {
  const { box, icon, Icon } = LOOKS[props.tone ?? "neutral"];
  return (
    <div
      role={props.announce === true ? "alert" : undefined}
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3.5 py-2.5 text-sm ${box}`}
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${icon}`} />
      {/* Where both do not fit, what is to be pressed stands below the words. */}
      <div className={`min-w-0 flex-1 ${props.action === undefined ? "" : "basis-48"}`}>
        {props.title === undefined ? null : <p className="font-medium">{props.title}</p>}
        {props.children === undefined ? null : <div className="text-text/85">{props.children}</div>}
      </div>
      {props.action}
    </div>
  );
}
