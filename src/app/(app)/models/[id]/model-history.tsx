import type { ModelEventView } from "#contracts/model.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { eventWords } from "./event-words.ts";

/** Everything that happened to the versions, newest first: it can be neither changed nor taken out. */
export function ModelHistory({ events }: { events: readonly ModelEventView[] }) {
  return (
    <Panel flush>
      <ol className="divide-y divide-line text-sm">
        {events.map((event) => (
          <li
            key={`${event.atMs} ${event.version} ${event.toStage}`}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5"
          >
            <span className="text-muted">
              <Time ms={event.atMs} />
            </span>
            <span className="font-medium">{eventWords(event)}</span>
            {event.reason === "" ? null : (
              <span className="whitespace-pre-line">{event.reason}</span>
            )}
            <span className="ml-auto text-muted">{event.userName}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
