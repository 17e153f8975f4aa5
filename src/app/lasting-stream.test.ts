import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openLastingStream, type StreamEvents } from "./lasting-stream.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const opened: StreamEvents[] = [];
  const connections: string[] = [];
  let left = 0;
  const stream = openLastingStream({
    subscribe: (events) => {
      opened.push(events);
      return {
        unsubscribe: () => {
          left += 1;
        },
      };
    },
    onConnection: (connection) => connections.push(connection),
  });
  return { opened, connections, stream, left: () => left };
}

test("regression: a stream that ended with an error stayed ended", () => {
  const { opened, connections } = open();
  opened[0]?.onStarted();
  opened[0]?.onEnded(new Error("whatever it was"));
  vi.advanceTimersByTime(1_000);
  opened[1]?.onStarted();
  expect(connections).toEqual(["live", "reconnecting", "live"]);
});

test("the pause doubles up to half a minute, and begins anew after a start", () => {
  const { opened } = open();
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) {
    opened.at(-1)?.onEnded(null);
    const before = opened.length;
    let seconds = 0;
    for (; opened.length === before; seconds++) vi.advanceTimersByTime(1_000);
    pauses.push(seconds);
    if (i === 6) opened.at(-1)?.onStarted();
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 1]);
});

test("a session that has ended is not asked for again", () => {
  const { opened, connections } = open();
  opened[0]?.onEnded({ message: "", data: { appCode: "unauthenticated" } });
  vi.advanceTimersByTime(3_600_000);
  expect(opened).toHaveLength(1);
  expect(connections).toEqual(["ended"]);
});

test("who leaves hears nothing more", () => {
  const { opened, connections, stream, left } = open();
  opened[0]?.onEnded(null);
  stream.unsubscribe();
  opened[0]?.onStarted();
  vi.advanceTimersByTime(3_600_000);
  expect(opened).toHaveLength(1);
  expect(left()).toBe(1);
  expect(connections).toEqual(["reconnecting"]);
});
