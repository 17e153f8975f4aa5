import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Notice } from "#ui/notice.tsx";
import { currentViewer } from "../../current-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { AuthCard } from "../auth-card.tsx";
import { localPath } from "../local-path.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
};

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error } = await searchParams;
  const destination = localPath(next);
  const viewer = await currentViewer();
  // A guest may leave the demo for an account.
  if (viewer !== null && !viewer.isGuest) redirect(destination);
  prefetch(trpc.account.providers.queryOptions());
  return (
    <AuthCard
      title="Sign in"
      lead="Open your workspace."
      footer={
        <>
          No account yet?{" "}
          <Link
            href={
              next === undefined ? "/sign-up" : `/sign-up?next=${encodeURIComponent(destination)}`
            }
          >
            Sign up
          </Link>
        </>
      }
    >
      {error === undefined ? null : (
        <div className="mb-4">
          <Notice tone="bad" title="You are not signed in">
            {error === "sign-up-closed"
              ? "This installation takes no new accounts."
              : "The other site did not confirm who you are. Try again, or use your password."}
          </Notice>
        </div>
      )}
      <HydrateClient>
        <SignInForm destination={destination} />
      </HydrateClient>
    </AuthCard>
  );
}
