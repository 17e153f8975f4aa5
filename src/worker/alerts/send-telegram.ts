import { z } from "zod";
import { type AlertNote, noteText } from "./alert-note.ts";
import { connectionFault, DeliveryError } from "./delivery-error.ts";

const TIMEOUT_MS = 5_000;

const Reply = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});

/**
 * Sends a message by a bot (https://core.telegram.org/bots/api#sendmessage). The bot's token stands in the
 * path, so that neither the address nor an error of the request may be shown or logged.
 *
 * @param options.apiUrl TELEGRAM_API_URL, without a slash at its end
 * @throws {DeliveryError}
 */
export async function sendTelegram(
  { botToken, chatId }: { readonly botToken: string; readonly chatId: string },
  note: AlertNote,
  options: { readonly apiUrl: string },
): Promise<void> {
  const { status, reply } = await call(`${options.apiUrl}/bot${botToken}/sendMessage`, {
    chat_id: chatId,
    text: noteText(note),
    link_preview_options: { is_disabled: true },
  });
  if (status === 200 && reply?.ok) return;
  if (status === 401 || status === 404) {
    throw new DeliveryError("Telegram does not know the bot's token", { isFinal: true });
  }
  const reason = reply?.description?.replaceAll(botToken, "…").slice(0, 200);
  throw new DeliveryError(`Telegram answered ${status}${reason ? `: ${reason}` : ""}`, {
    // No such chat, or the bot may not write to it.
    isFinal: status === 400 || status === 403,
    retryAfterMs: (reply?.parameters?.retry_after ?? 0) * 1_000,
  });
}

async function call(
  url: string,
  body: unknown,
): Promise<{ status: number; reply: z.infer<typeof Reply> | null }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const reply = Reply.safeParse(await response.json().catch(() => null));
    return { status: response.status, reply: reply.data ?? null };
  } catch (error) {
    const { message } = connectionFault(error);
    throw new DeliveryError(`Telegram: ${message}`);
  }
}
