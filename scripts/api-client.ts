import { createTRPCClient, httpLink } from "@trpc/client";
import type { JobView } from "#contracts/job.ts";
import type { AppRouter } from "#server/root.ts";

/** A person at a running Pairdesk, speaking HTTP as the browser does: for benchmarks and tests. */
export function createApiClient(baseUrl: string) {
  const cookies = new Map<string, string>();
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

  const send = async (input: URL | RequestInfo, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("cookie", cookieHeader());
    headers.set("origin", baseUrl);
    headers.set("x-pairdesk", "1");
    const response = await fetch(new URL(String(input), baseUrl), {
      ...init,
      headers,
      redirect: "manual",
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };

  const trpc = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${baseUrl}/api/trpc`,
        fetch: (url, init) => send(url, init as RequestInit),
      }),
    ],
  });

  async function signIn(provider: string, fields: Record<string, string>): Promise<void> {
    const { csrfToken } = await (await send("/api/auth/csrf")).json();
    const body = new URLSearchParams({ ...fields, csrfToken, json: "true", callbackUrl: baseUrl });
    const response = await send(`/api/auth/callback/${provider}`, { method: "POST", body });
    if (response.status >= 400) throw new Error(`sign-in answered ${response.status}`);
  }

  /** Waits until a job has ended; throws what it failed with. */
  async function finished(jobId: string): Promise<JobView> {
    for (;;) {
      const job = await trpc.jobs.get.query({ id: jobId });
      if (job.state === "succeeded") return job;
      if (job.state === "failed" || job.state === "cancelled") {
        throw new Error(`${job.kind} ${job.state}: ${job.error?.message ?? ""}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function upload(
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ uploadId: string; jobId: string }> {
    const response = await send(`/api/uploads?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: bytes,
    });
    if (!response.ok)
      throw new Error(`upload of ${name} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  return { trpc, signIn, finished, upload, send, cookies };
}

/** A fresh account, signed in. */
export async function signUpFresh(baseUrl: string): Promise<ReturnType<typeof createApiClient>> {
  const client = createApiClient(baseUrl);
  const email = `${crypto.randomUUID()}@example.test`;
  const password = crypto.randomUUID();
  await client.trpc.account.signUp.mutate({ name: "Test person", email, password });
  await client.signIn("password", { email, password });
  return client;
}
