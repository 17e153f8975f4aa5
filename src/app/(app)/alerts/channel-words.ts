import type { AlertChannelView } from "#contracts/alert.ts";

export const CHANNEL_KINDS: Record<AlertChannelView["kind"], string> = {
  email: "E-mail",
  webhook: "Webhook",
  telegram: "Telegram",
};
