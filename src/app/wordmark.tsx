import Link from "next/link";
import { Logo } from "#ui/logo.tsx";

export function Wordmark() {
  return (
    <Link href="/" className="flex items-center gap-2 font-semibold tracking-tight">
      <Logo />
      Pairdesk
    </Link>
  );
}
