import { CircleCheck, CircleDashed } from "lucide-react";
import { UiLink } from "#ui/link-context.tsx";
import { Panel } from "#ui/panel.tsx";
import type { FirstStep } from "./first-steps.ts";

export function FirstStepsPanel({
  steps,
  nextId,
}: {
  steps: readonly FirstStep[];
  nextId: FirstStep["id"];
}) {
  const doneCount = steps.filter(({ isDone }) => isDone).length;
  return (
    <Panel title="To your first report" lead={`${doneCount} of ${steps.length} steps done`}>
      <ol className="flex flex-col gap-4">
        {steps.map((step) => (
          <Step key={step.id} step={step} isNext={step.id === nextId} />
        ))}
      </ol>
    </Panel>
  );
}

function Step({ step, isNext }: { step: FirstStep; isNext: boolean }) {
  const Icon = step.isDone ? CircleCheck : CircleDashed;
  return (
    <li className="flex gap-3">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${step.isDone ? "text-good" : "text-muted"}`}
      />
      <div className="min-w-0 text-sm">
        <p className={isNext ? "font-medium" : "text-muted"}>
          {step.title}
          <span className="sr-only">{step.isDone ? " (done)" : " (to do)"}</span>
        </p>
        {isNext ? (
          <>
            <p className="mt-0.5 text-muted">{step.text}</p>
            <p className="mt-1 flex flex-wrap gap-x-4">
              <StepLink href={step.href}>{step.action}</StepLink>
              {step.alternative === null ? null : (
                <StepLink href={step.alternative.href}>{step.alternative.action}</StepLink>
              )}
            </p>
          </>
        ) : null}
      </div>
    </li>
  );
}

function StepLink({ href, children }: { href: string; children: string }) {
  return (
    <UiLink href={href} className="py-0.5 font-medium text-accent hover:underline">
      {children}
    </UiLink>
  );
}
