import Link from "next/link";

export function Wordmark() {
  return (
    <Link href="/" className="flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 fill-none" strokeWidth={2}>
        <path d="M1 13C5 13 5 5 10 5s5 8 9 8" className="stroke-leg-y" />
        <path d="M1 8c4 0 4 8 9 8s5-8 9-8" className="stroke-leg-x" />
      </svg>
      Pairdesk
    </Link>
  );
}
