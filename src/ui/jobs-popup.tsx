"use client";

import { Popover } from "radix-ui";
import type { ReactElement } from "react";
import { JobProgress } from "./job-progress.tsx";
import type { JobsIndicatorProps } from "./jobs-indicator.tsx";
import { UiLink } from "./link-context.tsx";

/** The newest jobs, open from the start. */
export function JobsPopup(props: JobsIndicatorProps & { trigger: ReactElement }) {
  const { jobs, jobHref, jobsHref, trigger } = props;
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="right"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Jobs"
          className="z-50 flex max-h-[70dvh] w-80 max-w-[calc(100vw-1rem)] flex-col overflow-y-auto rounded-lg border border-line bg-surface shadow-float"
        >
          <ul className="divide-y divide-line">
            {jobs.slice(0, 8).map((job) => (
              <li key={job.id}>
                <UiLink href={jobHref(job)} className="block px-3.5 py-2.5 hover:bg-surface-2">
                  <JobProgress job={job} compact />
                </UiLink>
              </li>
            ))}
          </ul>
          <UiLink
            href={jobsHref}
            className="border-t border-line px-3.5 py-2.5 text-[13px] text-accent hover:underline"
          >
            All jobs
          </UiLink>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
