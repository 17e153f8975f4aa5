import { UiLink } from "#ui/link-context.tsx";
import { Time } from "#ui/time.tsx";

/** Says on every page of the demo that its prices are made up and that it will be removed. */
export function GuestNotice({ expiresAtMs }: { expiresAtMs: number | null }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 border-line border-b bg-warn-soft px-4 py-1.5 text-[13px] sm:px-6 lg:px-8">
      <span className="font-medium">Demo workspace</span>
      <span>Its prices are synthetic.</span>
      {expiresAtMs === null ? null : (
        <span>
          It expires, with all that is in it, on <Time ms={expiresAtMs} />.
        </span>
      )}
      <UiLink href="/sign-up" className="font-medium underline">
        Sign up for a workspace that stays
      </UiLink>
    </p>
  );
}
