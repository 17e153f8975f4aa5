import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { SharedModel } from "#contracts/shared-model.ts";
import { createCaller } from "#server/root.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { ModelCardPanels } from "../../../(app)/models/model-card.tsx";
import { StageBadge } from "../../../(app)/models/stage-badge.tsx";
import { booksInWords } from "../../../(app)/strategies/books-in-words.ts";
import { serverContext } from "../../../server-context.ts";

type Props = { params: Promise<{ token: string }> };

/**
 * The model behind a link. Unknown, expired and revoked links are told apart by nothing: each is the same
 * page with status 404. There is no loading state here, because it would send status 200 first.
 * Read once a request, because every opening is counted.
 */
const openLink = cache(async (token: string): Promise<SharedModel> => {
  try {
    return await createCaller(await serverContext()).shares.openModel({ token });
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : null;
    if (code === "NOT_FOUND" || code === "BAD_REQUEST") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const { name } = await openLink(token);
  return {
    title: `Model card of ${name}`,
    robots: { index: false, follow: false, noarchive: true },
    referrer: "no-referrer",
  };
}

export default async function ModelLinkPage({ params }: Props) {
  const { token } = await params;
  const { name, version, stage, synthetic, card, ...file } = await openLink(token);
  return (
    <>
      <PageHeader
        title={name}
        lead={`Version ${version}: ${card.learner.label} on ${booksInWords(card.books)}.`}
        badges={
          <>
            {synthetic ? <SyntheticBadge /> : null}
            <StageBadge stage={stage} />
          </>
        }
      />
      <ModelCardPanels card={card} file={file} />
    </>
  );
}
