"use client";

import { useRef, useState } from "react";
import { megabytes } from "./megabytes.ts";
import { sendFile } from "./send-file.ts";

/** Two at a time fill the line; more would only compete for it. */
const PARALLEL_MAX = 2;

export type QueuedFile = {
  readonly key: number;
  readonly file: File;
  /** How much has been sent, 0..1. */
  readonly fraction: number;
  readonly refusal: string | null;
};

type FileQueue = {
  readonly files: readonly QueuedFile[];
  readonly add: (files: readonly File[]) => void;
  /** Stops a file that is on its way, and takes it off the list. */
  readonly remove: (key: number) => void;
};

/** Sends files in the order in which they were chosen; one that is refused stays listed with its reason. */
export function useFileQueue(byteLimit: number, onSent: () => void): FileQueue {
  const [files, setFiles] = useState<readonly QueuedFile[]>([]);
  const line = useRef({ waiting: [] as QueuedFile[], running: 0, nextKey: 0 });
  const aborts = useRef(new Map<number, () => void>());

  const change = (key: number, values: Partial<QueuedFile>) =>
    setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...values } : file)));
  const drop = (key: number) => setFiles((before) => before.filter((file) => file.key !== key));

  const sendWaiting = () => {
    while (line.current.running < PARALLEL_MAX) {
      const next = line.current.waiting.shift();
      if (next === undefined) return;
      line.current.running += 1;
      void send(next);
    }
  };

  const send = async ({ key, file }: QueuedFile) => {
    const { outcome, abort } = sendFile(file, (fraction) => change(key, { fraction }));
    aborts.current.set(key, abort);
    const answer = await outcome;
    aborts.current.delete(key);
    line.current.running -= 1;
    if (answer.kind === "refused") change(key, { refusal: answer.reason });
    else {
      drop(key);
      onSent();
    }
    sendWaiting();
  };

  const add = (chosen: readonly File[]) => {
    const queued = chosen.map((file) => ({
      key: line.current.nextKey++,
      file,
      fraction: 0,
      refusal: sizeRefusal(file, byteLimit),
    }));
    setFiles((before) => [...before, ...queued]);
    line.current.waiting.push(...queued.filter(({ refusal }) => refusal === null));
    sendWaiting();
  };

  const remove = (key: number) => {
    line.current.waiting = line.current.waiting.filter((file) => file.key !== key);
    aborts.current.get(key)?.();
    drop(key);
  };

  return { files, add, remove };
}

/** Said before a byte travels; the server refuses such a file too. */
function sizeRefusal(file: File, byteLimit: number): string | null {
  if (file.size === 0) return "The file is empty";
  if (file.size <= byteLimit) return null;
  return `The file is larger than the limit of ${megabytes(byteLimit)}`;
}
