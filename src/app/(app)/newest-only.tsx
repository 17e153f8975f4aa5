import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";

/** Says so where a list is as long as it can be, so that nobody takes what is older for lost. */
export function NewestOnly({ count }: { count: number }) {
  if (count < LIST_LENGTH_MAX) return null;
  return (
    <p className="border-t border-line px-4 py-2 text-[13px] text-muted">
      The newest {LIST_LENGTH_MAX} are listed. Delete what is not needed to see older ones.
    </p>
  );
}
