-- Instruments of a venue: market and trading rules.
ALTER TABLE "instrument"
  ADD COLUMN "market" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "base_asset" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "quote_asset" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "status" TEXT NOT NULL DEFAULT 'trading',
  ADD COLUMN "tick_size" DECIMAL,
  ADD COLUMN "lot_size" DECIMAL,
  ADD COLUMN "listed_at" TIMESTAMPTZ(3);
DROP INDEX "instrument_common_venue_symbol_key";
CREATE UNIQUE INDEX "instrument_common_key" ON "instrument" ("venue", "market", "symbol") WHERE "workspace_id" IS NULL;

-- Of a bar that was made from trades or klines: how, and from how many. NULL: uploaded or demo.
ALTER TABLE "bar"
  ADD COLUMN "provenance" SMALLINT,
  ADD COLUMN "trade_count" INTEGER,
  ADD COLUMN "late_count" INTEGER,
  ADD COLUMN "backfilled_count" INTEGER;

-- Aggregated trades as the venue numbers them. The time is in the key because partitions are by time; a
-- venue's id has one time, so (instrument, id) is unique.
CREATE TABLE "market_trade" (
    "instrument_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "trade_time_ms" BIGINT NOT NULL,
    "price" DECIMAL NOT NULL,
    "quantity" DECIMAL NOT NULL,
    "first_trade_id" BIGINT NOT NULL,
    "last_trade_id" BIGINT NOT NULL,
    "buyer_is_maker" BOOLEAN NOT NULL,
    "backfilled" BOOLEAN NOT NULL,
    CONSTRAINT "market_trade_pkey" PRIMARY KEY ("instrument_id", "id", "trade_time_ms")
) PARTITION BY RANGE ("trade_time_ms");
CREATE INDEX "market_trade_time_idx" ON "market_trade" ("instrument_id", "trade_time_ms", "id");

-- Bars of one second, kept for a while; longer ones are in "bar" for ever.
CREATE TABLE "second_bar" (
    "series_id" INTEGER NOT NULL,
    "open_time_ms" BIGINT NOT NULL,
    "open" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "close" DOUBLE PRECISION NOT NULL,
    "volume" DOUBLE PRECISION,
    "provenance" SMALLINT,
    "trade_count" INTEGER,
    "late_count" INTEGER,
    "backfilled_count" INTEGER,
    CONSTRAINT "second_bar_pkey" PRIMARY KEY ("series_id", "open_time_ms")
) PARTITION BY RANGE ("open_time_ms");

-- Every bar, wherever it is kept.
CREATE VIEW "any_bar" AS
  SELECT "series_id", "open_time_ms", "open", "high", "low", "close", "volume",
    "provenance", "trade_count", "late_count", "backfilled_count" FROM "bar"
  UNION ALL
  SELECT "series_id", "open_time_ms", "open", "high", "low", "close", "volume",
    "provenance", "trade_count", "late_count", "backfilled_count" FROM "second_bar";

-- The proof: on a day, every id from the first to the last is stored when there are as many of them.
CREATE TABLE "trade_day" (
    "instrument_id" INTEGER NOT NULL,
    "day_ms" BIGINT NOT NULL,
    "first_id" BIGINT NOT NULL,
    "last_id" BIGINT NOT NULL,
    "trade_count" BIGINT NOT NULL,
    "backfilled_count" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "trade_day_pkey" PRIMARY KEY ("instrument_id", "day_ms"),
    CONSTRAINT "trade_day_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- The contiguity ledger: every run of ids that was found missing, why, and how it was closed.
CREATE TABLE "feed_gap" (
    "id" BIGSERIAL NOT NULL,
    "instrument_id" INTEGER NOT NULL,
    "from_id" BIGINT NOT NULL,
    "to_id" BIGINT NOT NULL,
    "after_time_ms" BIGINT,
    "before_time_ms" BIGINT,
    "cause" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "source" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "detected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "filled_at" TIMESTAMPTZ(3),
    CONSTRAINT "feed_gap_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "feed_gap_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "feed_gap_instrument_id_from_id_to_id_key" ON "feed_gap" ("instrument_id", "from_id", "to_id");
CREATE INDEX "feed_gap_state_idx" ON "feed_gap" ("state");
CREATE INDEX "feed_gap_detected_at_idx" ON "feed_gap" ("detected_at");

-- How far a symbol has come: where to go on after a restart.
CREATE TABLE "feed_cursor" (
    "instrument_id" INTEGER NOT NULL,
    "first_id" BIGINT NOT NULL,
    "first_trade_time_ms" BIGINT NOT NULL,
    "last_id" BIGINT NOT NULL,
    "last_raw_id" BIGINT NOT NULL,
    "last_trade_time_ms" BIGINT NOT NULL,
    "bars_until_ms" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "feed_cursor_pkey" PRIMARY KEY ("instrument_id"),
    CONSTRAINT "feed_cursor_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Who may write a symbol's trades. The token grows with every change of hands; a write that shows an
-- older one is refused.
CREATE TABLE "feed_lease" (
    "instrument_id" INTEGER NOT NULL,
    "holder" UUID NOT NULL,
    "token" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "feed_lease_pkey" PRIMARY KEY ("instrument_id"),
    CONSTRAINT "feed_lease_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "feed_lease_holder_idx" ON "feed_lease" ("holder");

-- What a feed process says of itself, once a second, and what happened to it.
CREATE TABLE "feed_status" (
    "holder" UUID NOT NULL,
    "status" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "feed_status_pkey" PRIMARY KEY ("holder")
);
CREATE TABLE "feed_event" (
    "id" BIGSERIAL NOT NULL,
    "holder" UUID NOT NULL,
    "instrument_id" INTEGER,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "feed_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "feed_event_happened_at_idx" ON "feed_event" ("happened_at");

-- A bar of ours held against the venue's own kline: only differences are rows.
CREATE TABLE "bar_difference" (
    "series_id" INTEGER NOT NULL,
    "open_time_ms" BIGINT NOT NULL,
    "ours" JSONB NOT NULL,
    "theirs" JSONB NOT NULL,
    "detected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "bar_difference_pkey" PRIMARY KEY ("series_id", "open_time_ms"),
    CONSTRAINT "bar_difference_series_id_fkey" FOREIGN KEY ("series_id") REFERENCES "bar_series"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Last price and the rolling 24 hours of every instrument of a venue; worthless after a crash, hence unlogged.
CREATE UNLOGGED TABLE "market_ticker" (
    "instrument_id" INTEGER NOT NULL,
    "last_price" DECIMAL NOT NULL,
    "open_price" DECIMAL NOT NULL,
    "high_price" DECIMAL NOT NULL,
    "low_price" DECIMAL NOT NULL,
    "volume" DECIMAL NOT NULL,
    "quote_volume" DECIMAL NOT NULL,
    "event_time_ms" BIGINT NOT NULL,
    CONSTRAINT "market_ticker_pkey" PRIMARY KEY ("instrument_id")
);

-- A pair with settings that somebody watches; computed once however many do.
CREATE TABLE "live_pair" (
    "id" UUID NOT NULL,
    "instrument_y" INTEGER NOT NULL,
    "instrument_x" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "config_hash" TEXT NOT NULL,
    "holder" UUID,
    "token" BIGINT NOT NULL DEFAULT 0,
    "lease_expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "live_pair_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "live_pair_instrument_y_fkey" FOREIGN KEY ("instrument_y") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "live_pair_instrument_x_fkey" FOREIGN KEY ("instrument_x") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "live_pair_config_hash_key" ON "live_pair" ("config_hash");

CREATE UNLOGGED TABLE "live_snapshot" (
    "live_pair_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "live_snapshot_pkey" PRIMARY KEY ("live_pair_id")
);

CREATE TABLE "watched_pair" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "live_pair_id" UUID NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "retired_at" TIMESTAMPTZ(3),
    "retired_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "watched_pair_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "watched_pair_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "watched_pair_live_pair_id_fkey" FOREIGN KEY ("live_pair_id") REFERENCES "live_pair"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "watched_pair_workspace_id_live_pair_id_key" ON "watched_pair" ("workspace_id", "live_pair_id");
CREATE INDEX "watched_pair_live_pair_id_idx" ON "watched_pair" ("live_pair_id");

-- Alerts: where they go, what raises them, what was raised, and how each was delivered.
CREATE TABLE "alert_channel" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "secret" BYTEA,
    -- The last test message that somebody asked for.
    "test_state" TEXT,
    "test_error" TEXT,
    "test_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_channel_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "alert_channel_workspace_id_idx" ON "alert_channel" ("workspace_id");
CREATE INDEX "alert_channel_test_at_idx" ON "alert_channel" ("test_at") WHERE "test_state" = 'pending';

CREATE TABLE "alert_rule" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "created_by" UUID,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "live_pair_id" UUID,
    "instrument_id" INTEGER,
    "channel_ids" UUID[] NOT NULL DEFAULT '{}',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    -- The state of the rule's machine: one crossing raises it, and it is armed again beyond the hysteresis.
    "state" TEXT NOT NULL DEFAULT 'armed',
    "crossing" BIGINT NOT NULL DEFAULT 0,
    -- How far the rule has looked: id of a trade or gap, open time of a bar. NULL: from now on.
    "cursor" BIGINT,
    "last_value" DOUBLE PRECISION,
    "last_fired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_rule_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "alert_rule_live_pair_id_fkey" FOREIGN KEY ("live_pair_id") REFERENCES "live_pair"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "alert_rule_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "alert_rule_workspace_id_idx" ON "alert_rule" ("workspace_id");
CREATE INDEX "alert_rule_live_pair_id_idx" ON "alert_rule" ("live_pair_id");
CREATE INDEX "alert_rule_instrument_id_idx" ON "alert_rule" ("instrument_id");

CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "crossing" BIGINT NOT NULL,
    "severity" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "fired_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" UUID,
    CONSTRAINT "alert_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "alert_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "alert_rule"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "alert_rule_id_crossing_key" ON "alert" ("rule_id", "crossing");
CREATE UNIQUE INDEX "alert_seq_key" ON "alert" ("seq");
CREATE INDEX "alert_workspace_id_seq_idx" ON "alert" ("workspace_id", "seq");
CREATE INDEX "alert_fired_at_idx" ON "alert" ("fired_at");

CREATE TABLE "alert_delivery" (
    "alert_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("alert_id", "channel_id"),
    CONSTRAINT "alert_delivery_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "alert_delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "alert_delivery_due_idx" ON "alert_delivery" ("channel_id", "next_attempt_at") WHERE "state" = 'pending';
CREATE INDEX "alert_delivery_channel_id_idx" ON "alert_delivery" ("channel_id");
