"use client";

import { AppBottomBar } from "./app-bottom-bar.tsx";
import { AppRail } from "./app-rail.tsx";
import type { AppShellProps } from "./app-shell-props.ts";

/** The frame of every page behind the sign-in. */
export function AppShell(props: AppShellProps) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-sm text-accent-text focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <AppRail {...props} />
      <div className="flex min-w-0 flex-1 flex-col">
        {props.notice === undefined || props.notice === null ? null : (
          <section aria-label="Notice">{props.notice}</section>
        )}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1440px] flex-1 px-4 pt-5 pb-24 outline-none sm:px-6 sm:pb-10 lg:px-8"
        >
          {props.children}
        </main>
      </div>
      <AppBottomBar {...props} />
    </div>
  );
}
