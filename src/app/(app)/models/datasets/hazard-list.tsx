import type { DatasetHazard } from "#contracts/dataset.ts";
import { Notice } from "#ui/notice.tsx";
import { sentenceOf } from "../../sentence-of.ts";

/** What forbids training on a dataset, then what is to be known of it. */
export function HazardList({ hazards }: { hazards: readonly DatasetHazard[] }) {
  const refused = hazards.filter(({ severity }) => severity === "refused");
  const warnings = hazards.filter(({ severity }) => severity === "warning");
  return (
    <>
      {refused.length === 0 ? null : (
        <Notice tone="bad" title="No model can be trained on this yet">
          <Messages hazards={refused} />
        </Notice>
      )}
      {warnings.length === 0 ? null : (
        <Notice tone="warn" title="To know before a model is trained">
          <Messages hazards={warnings} />
        </Notice>
      )}
    </>
  );
}

function Messages({ hazards }: { hazards: readonly DatasetHazard[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {hazards.map(({ code, message }) => (
        <li key={`${code} ${message}`} className="break-words">
          {sentenceOf(message)}
        </li>
      ))}
    </ul>
  );
}
