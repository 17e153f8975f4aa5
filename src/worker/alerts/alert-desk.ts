import type pino from "pino";
import type { Database } from "#db/client.ts";
import { rotateChannelSecrets } from "#db/rotate-channel-secrets.ts";
import type { AlertEnv } from "./alert-env.ts";
import { createCourier } from "./deliver.ts";
import { startDelivery } from "./delivery-loop.ts";
import { startFeedAlerts } from "./feed-alerts.ts";

/**
 * What the role `jobs` does for alerts: rules on feeds and prices, delivery, and secrets under a new key.
 * Not in the role that has the feed, whose death a rule must still notice, and which should not wait for
 * other people's servers. Rules on live pairs are looked at where those are computed (pair-alerts.ts).
 */
export function startAlertDesk(
  database: Database,
  env: AlertEnv & { readonly DATABASE_URL: string },
  log: pino.Logger,
): { readonly stop: () => Promise<void> } {
  const { DATABASE_URL: connectionString, NEXTAUTH_URL: baseUrl, SECRETS_KEY: keyring } = env;
  const feeds = startFeedAlerts({ database, connectionString, log });
  const courier = createCourier(env);
  const delivery = startDelivery({ database, connectionString, log, courier, baseUrl });
  const rotating =
    keyring === null
      ? Promise.resolve()
      : rotateChannelSecrets(database, keyring, (channelId) =>
          log.error({ channelId }, "a channel's secret does not open with SECRETS_KEY"),
        ).then(
          (count) => {
            if (count > 0) log.info({ count }, "secrets sealed with the current key");
          },
          (error: unknown) => log.warn({ err: error }, "secrets were not sealed anew"),
        );
  return {
    stop: async () => {
      await Promise.all([feeds.stop(), delivery.stop()]);
      await rotating;
    },
  };
}
