import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { SearchSoFar } from "#quant/learning/models/search-parameters.ts";
import type { ComputeKind, ComputeTasks } from "./compute-task.ts";
import {
  errorFromThread,
  type SourceMessage,
  type ThreadRequest,
  type ThreadResponse,
} from "./thread-message.ts";

/** What can accompany a task. */
export type ComputeOptions = {
  /** Aborting ends the thread at once; a new one takes its place. */
  readonly signal?: AbortSignal;
  /** Bytes of the file that the task reads; a piece is fetched when the thread asks for it. */
  readonly source?: AsyncIterable<Uint8Array>;
  readonly onProgress?: (fraction: number) => void;
  /** Hears how far a search is that the task makes. */
  readonly onTrial?: (soFar: SearchSoFar) => void;
};

/** Runs tasks in threads, so that the process keeps beating its heart while they compute. */
export type ComputePool = {
  readonly size: number;
  readonly run: <Kind extends ComputeKind>(
    kind: Kind,
    input: ComputeTasks[Kind]["input"],
    options?: ComputeOptions,
  ) => Promise<ComputeTasks[Kind]["output"]>;
  readonly close: () => Promise<void>;
};

type Waiting = { readonly start: (thread: Worker) => void };

/**
 * Starts a pool of compute threads. Tasks that find no thread free wait in order; each job keeps only a few
 * tasks in the pool, so that a long scan does not keep a short backtest waiting.
 */
export function createComputePool(size: number): ComputePool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: Waiting[] = [];
  let isClosed = false;

  const addThread = (): Worker => {
    const thread = new Worker(new URL("./thread.ts", import.meta.url));
    all.add(thread);
    // Whoever waits for the thread hears of its end too; an idle one is only forgotten.
    thread.on("error", () => discard(thread));
    thread.on("exit", () => discard(thread));
    return thread;
  };
  const release = (thread: Worker) => {
    if (!all.has(thread)) return;
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next.start(thread);
  };
  const discard = (thread: Worker) => {
    if (!all.delete(thread)) return;
    const index = idle.indexOf(thread);
    if (index !== -1) idle.splice(index, 1);
    void thread.terminate();
    if (!isClosed && waiting.length > 0) release(addThread());
  };
  const acquire = (signal: AbortSignal | undefined): Promise<Worker> => {
    const free = idle.shift();
    if (free !== undefined) return Promise.resolve(free);
    if (all.size < size) return Promise.resolve(addThread());
    return new Promise((resolve, reject) => {
      const leave = () => {
        const index = waiting.indexOf(entry);
        if (index !== -1) waiting.splice(index, 1);
        reject(signal?.reason);
      };
      const entry: Waiting = {
        start: (thread) => {
          signal?.removeEventListener("abort", leave);
          resolve(thread);
        },
      };
      waiting.push(entry);
      signal?.addEventListener("abort", leave, { once: true });
    });
  };

  // Threads take a moment to load: the first job finds them ready.
  for (let i = 0; i < size; i++) release(addThread());
  return {
    size,
    run: async (kind, input, options = {}) => {
      options.signal?.throwIfAborted();
      if (isClosed) throw new Error("Invariant: the pool is open");
      const thread = await acquire(options.signal);
      try {
        const output = await runInThread(thread, { kind, input }, options);
        release(thread);
        return output;
      } catch (error) {
        // A task that failed by itself leaves its thread whole; one that was stopped does not.
        if (error instanceof TaskFailure) {
          release(thread);
          throw error.cause;
        }
        discard(thread);
        throw error;
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...all].map((thread) => thread.terminate()));
    },
  };
}

/** The task itself failed, as opposed to its thread. */
class TaskFailure extends Error {}

// The output's type follows from the kind that was asked for; a message between threads has no type.
// biome-ignore lint/suspicious/noExplicitAny: this is the edge where the thread's answer gets its type
type AnyOutput = any;

async function runInThread(
  thread: Worker,
  task: { readonly kind: ComputeKind; readonly input: unknown },
  options: ComputeOptions,
): Promise<AnyOutput> {
  const channel = options.source === undefined ? null : new MessageChannel();
  const listeners = new AbortController();
  try {
    return await new Promise<AnyOutput>((resolve, reject) => {
      const onMessage = (response: ThreadResponse) => {
        if (response.kind === "progress") options.onProgress?.(response.fraction);
        else if (response.kind === "trial") options.onTrial?.(response.soFar);
        else if (response.kind === "done") resolve(response.output);
        else reject(new TaskFailure("", { cause: errorFromThread(response.error) }));
      };
      const onExit = () => reject(new Error("a compute thread ended in the middle of a task"));
      const onAbort = () => reject(options.signal?.reason);
      if (options.signal?.aborted === true) onAbort();
      thread.on("message", onMessage);
      thread.on("error", reject);
      thread.on("exit", onExit);
      options.signal?.addEventListener("abort", onAbort);
      listeners.signal.addEventListener("abort", () => {
        thread.off("message", onMessage);
        thread.off("error", reject);
        thread.off("exit", onExit);
        options.signal?.removeEventListener("abort", onAbort);
      });
      if (channel !== null && options.source !== undefined) {
        feed(channel.port1, options.source).catch(reject);
      }
      const request = { task, source: channel?.port2 ?? null };
      thread.postMessage(request satisfies UntypedRequest, channel === null ? [] : [channel.port2]);
    });
  } finally {
    listeners.abort();
    channel?.port1.close();
  }
}

type UntypedRequest = Omit<ThreadRequest, "task"> & { readonly task: unknown };

/** Answers each "next" of a thread with a piece of the file, and the end with null. */
async function feed(port: MessagePort, source: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = source[Symbol.asyncIterator]();
  let answering: Promise<void> = Promise.resolve();
  const answer = async () => {
    const piece = await pieces.next();
    port.postMessage({ bytes: piece.done === true ? null : piece.value } satisfies SourceMessage);
  };
  await new Promise<void>((resolve, reject) => {
    port.on("message", () => {
      answering = answering.then(answer);
      answering.catch(reject);
    });
    // Closed by the thread when it has read enough, or by us when the task is over.
    port.on("close", resolve);
  });
  await answering;
  await pieces.return?.();
}
