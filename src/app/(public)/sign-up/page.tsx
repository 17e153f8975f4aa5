import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { currentViewer } from "../../current-viewer.ts";
import { HydrateClient, prefetch, trpc } from "../../trpc-server.ts";
import { AuthCard } from "../auth-card.tsx";
import { localPath } from "../local-path.ts";
import { SignUpForm } from "./sign-up-form.tsx";

export const metadata: Metadata = { title: "Sign up" };

type SignUpPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const destination = localPath((await searchParams).next);
  const viewer = await currentViewer();
  if (viewer !== null && !viewer.isGuest) redirect(destination);
  prefetch(trpc.account.providers.queryOptions());
  return (
    <AuthCard
      title="Sign up"
      lead="A workspace of your own for prices, scans, strategies and reports."
      footer={
        <>
          You have an account? <Link href="/sign-in">Sign in</Link>
        </>
      }
    >
      <HydrateClient>
        <SignUpForm destination={destination} />
      </HydrateClient>
    </AuthCard>
  );
}
