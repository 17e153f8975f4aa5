import { Notice } from "#ui/notice.tsx";

/** Says before a single run starts that it is refused, and from when on it is not. */
export function SeenBarsNotice({ refusals }: { refusals: readonly string[] }) {
  if (refusals.length === 0) return null;
  return (
    <div role="status">
      <Notice tone="warn" title="A single run is refused: its model has seen these bars">
        {refusals.map((refusal) => (
          <p key={refusal}>{refusal}</p>
        ))}
      </Notice>
    </div>
  );
}
