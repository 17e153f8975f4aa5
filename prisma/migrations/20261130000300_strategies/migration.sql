-- Strategies of every kind: what was a z-score pair by itself becomes one kind among others. Versions are
-- never changed but here: they say the same in other words, and keep the hash that their reports have.
ALTER TABLE "strategy_version" DISABLE TRIGGER "strategy_version_is_immutable";
UPDATE "strategy_version" SET "config" = jsonb_build_object(
  'kind', 'z-score-reversion',
  'parameters', jsonb_build_object(
    'prices', 'log', 'hedgeMethod', 'formation', 'hedgeWindowBars', 250,
    'kalmanDelta', 0.0001, 'kalmanObservationVariance', 0.001, 'zScoreMethod', 'window',
    'zScoreWindowBars', "config"->'zScoreWindowBars',
    'entryZScore', GREATEST(0.1, ("config"->>'entryZScore')::float8),
    'exitZScore', "config"->'exitZScore',
    'stopZScore', CASE WHEN "config"->>'stopZScore' IS NOT NULL
      THEN GREATEST(0.2, ("config"->>'stopZScore')::float8) END,
    'holdingMaxBars', "config"->'holdingMaxBars'),
  'books', jsonb_build_array(jsonb_build_array("config"->'instrumentY', "config"->'instrumentX')),
  'intervalMs', "config"->'intervalMs',
  'formation', "config"->'formation',
  'trading', "config"->'trading',
  'sizing', jsonb_build_object('kind', 'notional', 'amount',
    jsonb_build_object('kind', 'quote', 'value', "config"->'notional')),
  'pricedAt', 'fill',
  'account', jsonb_build_object('initialEquity', "config"->'initialEquity', 'pairsMax', NULL,
    'grossExposureMax', NULL, 'margin', NULL),
  'costs', jsonb_build_object(
    'fees', jsonb_build_object('kind', 'bps', 'makerFeeBps', "config"->'feeBps',
      'takerFeeBps', "config"->'feeBps'),
    'slippage', jsonb_build_object('kind', 'bps', 'slippageBps', "config"->'slippageBps'),
    'lots', 'none', 'funding', NULL, 'borrowRateAnnual', 0, 'dividends', '[]'::jsonb),
  'benchmarkInstrument', NULL,
  'riskFreeRateAnnual', 0)
WHERE "config" ? 'instrumentY';
ALTER TABLE "strategy_version" ENABLE TRIGGER "strategy_version_is_immutable";

ALTER TABLE "strategy"
  ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "archived_at" TIMESTAMPTZ(3);

-- The columns of a stored series have names.
ALTER TABLE "backtest"
  ADD COLUMN "plan" JSONB NOT NULL DEFAULT '{"kind": "single"}',
  ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "notes" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "series_columns" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "equity_shape" DOUBLE PRECISION[] NOT NULL DEFAULT '{}',
  -- What a list shows of a report: a report can be long, and is not read for a row.
  ADD COLUMN "metrics" JSONB,
  ADD COLUMN "look_ahead_passed" BOOLEAN;
UPDATE "backtest" SET "series_columns" =
  '{openTimeMs,close.0,close.1,spread.0,zScore.0,equity,drawdown}' WHERE "series" IS NOT NULL;

UPDATE "backtest" SET "metrics" = (
  SELECT jsonb_object_agg(metric.key, metric.value->'value') FROM jsonb_each("report"->'metrics') metric)
WHERE "report" IS NOT NULL;

-- Reports of a pair become reports of any books.
UPDATE "backtest" b SET "report" = (b."report" - 'formation' - 'costs' - 'trades') || jsonb_build_object(
  'instruments', (
    SELECT jsonb_agg(jsonb_build_object('instrumentId', leg.id::int,
        'symbol', coalesce(i."symbol", '#' || leg.id), 'venue', coalesce(i."venue", '')) ORDER BY leg.place)
    FROM jsonb_array_elements_text(v."config"->'books'->0) WITH ORDINALITY AS leg(id, place)
    LEFT JOIN "instrument" i ON i."id" = leg.id::int),
  'books', jsonb_build_array(jsonb_build_object(
    'instruments', '[0, 1]'::jsonb,
    'fit', jsonb_build_object('hedgeRatio', b."report"#>'{formation,hedgeRatio}',
      'intercept', b."report"#>'{formation,intercept}', 'rSquared', b."report"#>'{formation,rSquared}'),
    'refusal', NULL,
    'figures', '[{"name": "zScore", "label": "Z-score", "axis": "z-score"},
                 {"name": "spread", "label": "Spread", "axis": "spread"}]'::jsonb)),
  'formation', jsonb_build_object('startMs', b."report"#>'{formation,startMs}',
    'endMs', b."report"#>'{formation,endMs}', 'bars', b."report"#>'{formation,bars}'),
  'costs', jsonb_build_object(
    'grossPnl', b."report"#>'{costs,grossPnl}', 'slippage', b."report"#>'{costs,slippage}',
    'fees', (b."report"#>>'{costs,feesY}')::float8 + (b."report"#>>'{costs,feesX}')::float8,
    'funding', 0, 'borrow', 0, 'dividends', 0, 'liquidationFees', 0,
    'netPnl', b."report"#>'{costs,netPnl}'),
  'instrumentCosts', '[]'::jsonb,
  'trades', coalesce((
    SELECT jsonb_agg(jsonb_build_object(
      'book', 0, 'side', t->'side', 'hedgeRatio', b."report"#>'{formation,hedgeRatio}',
      'entrySignalMs', t->'entrySignalMs', 'entryMs', t->'entryMs',
      'exitSignalMs', t->'exitSignalMs', 'exitMs', t->'exitMs',
      'entryFigure', t->'entryZScore', 'exitFigure', t->'exitZScore',
      'legs', jsonb_build_array(
        jsonb_build_object('instrument', 0, 'quantity', t->'quantityY', 'entryPrice', t->'entryPriceY',
          'exitPrice', t->'exitPriceY', 'grossPnl', t->'pnlY', 'fees', t->'feesY', 'slippageCost', 0,
          'funding', 0, 'borrow', 0, 'dividends', 0, 'liquidationFee', 0,
          'netPnl', (t->>'pnlY')::float8 - (t->>'feesY')::float8),
        jsonb_build_object('instrument', 1, 'quantity', t->'quantityX', 'entryPrice', t->'entryPriceX',
          'exitPrice', t->'exitPriceX', 'grossPnl', t->'pnlX', 'fees', t->'feesX',
          -- It was stored of both legs together.
          'slippageCost', t->'slippageCost',
          'funding', 0, 'borrow', 0, 'dividends', 0, 'liquidationFee', 0,
          'netPnl', (t->>'pnlX')::float8 - (t->>'feesX')::float8)),
      'netPnl', t->'netPnl', 'barsHeld', t->'barsHeld', 'exitReason', t->'exitReason') ORDER BY place)
    FROM jsonb_array_elements(b."report"->'trades') WITH ORDINALITY AS trade(t, place)), '[]'::jsonb),
  'refusals', '[]'::jsonb,
  'analysis', NULL,
  'windows', NULL)
FROM "strategy_version" v
WHERE v."id" = b."strategy_version_id" AND b."report" IS NOT NULL AND b."report" ? 'trades'
  AND NOT b."report" ? 'books';

ALTER TABLE "share" ADD COLUMN "include_notes" BOOLEAN NOT NULL DEFAULT false;

-- A search for parameters: its trials are columns, one value a trial.
CREATE TABLE "optimisation" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "strategy_version_id" UUID NOT NULL,
    "job_id" UUID,
    "config" JSONB NOT NULL,
    "live" JSONB,
    "summary" JSONB,
    "trial_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "optimisation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "optimisation_job_id_key" ON "optimisation"("job_id");
CREATE INDEX "optimisation_workspace_id_created_at_idx" ON "optimisation"("workspace_id", "created_at");
ALTER TABLE "optimisation" ADD CONSTRAINT "optimisation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "optimisation" ADD CONSTRAINT "optimisation_strategy_version_id_fkey" FOREIGN KEY ("strategy_version_id") REFERENCES "strategy_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "optimisation" ADD CONSTRAINT "optimisation_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Little-endian Float64; a parameter that is a word or yes/no is the place of its value in the list of choices.
CREATE TABLE "optimisation_column" (
    "optimisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "choices" JSONB,
    "data" BYTEA NOT NULL,
    CONSTRAINT "optimisation_column_pkey" PRIMARY KEY ("optimisation_id", "name")
);
ALTER TABLE "optimisation_column" ALTER COLUMN "data" SET STORAGE EXTERNAL;
ALTER TABLE "optimisation_column" ADD CONSTRAINT "optimisation_column_optimisation_id_fkey" FOREIGN KEY ("optimisation_id") REFERENCES "optimisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A report that was made again, to see whether it says the truth.
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "backtest_id" UUID NOT NULL,
    "share_id" UUID,
    "job_id" UUID,
    "outcome" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "verification_job_id_key" ON "verification"("job_id");
CREATE INDEX "verification_backtest_id_idx" ON "verification"("backtest_id");
ALTER TABLE "verification" ADD CONSTRAINT "verification_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "verification" ADD CONSTRAINT "verification_backtest_id_fkey" FOREIGN KEY ("backtest_id") REFERENCES "backtest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "verification" ADD CONSTRAINT "verification_share_id_fkey" FOREIGN KEY ("share_id") REFERENCES "share"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "verification" ADD CONSTRAINT "verification_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;
