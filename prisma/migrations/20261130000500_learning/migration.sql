-- What models are trained on, in versions.
CREATE TABLE "dataset" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "dataset_workspace_id_idx" ON "dataset"("workspace_id");
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "dataset_version" (
    "id" UUID NOT NULL,
    "dataset_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "config" JSONB NOT NULL,
    "config_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "dataset_version_dataset_id_version_key" ON "dataset_version"("dataset_id", "version");
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION "refuse_dataset_version_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a dataset version is immutable';
END $$;
CREATE TRIGGER "dataset_version_is_immutable" BEFORE UPDATE ON "dataset_version"
  FOR EACH ROW EXECUTE FUNCTION "refuse_dataset_version_update"();

-- Models trained and judged on a dataset.
CREATE TABLE "learning_run" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "dataset_version_id" UUID NOT NULL,
    "job_id" UUID,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "live" JSONB,
    "summary" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "learning_run_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "learning_run_job_id_key" ON "learning_run"("job_id");
CREATE INDEX "learning_run_workspace_id_created_at_idx" ON "learning_run"("workspace_id", "created_at");
ALTER TABLE "learning_run" ADD CONSTRAINT "learning_run_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "learning_run" ADD CONSTRAINT "learning_run_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "learning_run" ADD CONSTRAINT "learning_run_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What is finished of a run that is under way, so that it goes on where a worker died.
CREATE TABLE "learning_part" (
    "run_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "data_hash" TEXT NOT NULL,
    "result" BYTEA NOT NULL,
    CONSTRAINT "learning_part_pkey" PRIMARY KEY ("run_id", "part")
);
ALTER TABLE "learning_part" ADD CONSTRAINT "learning_part_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "learning_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a model came to on a group of rows.
CREATE TABLE "learning_result" (
    "run_id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "group_key" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "trials" JSONB NOT NULL,
    "file" BYTEA,
    CONSTRAINT "learning_result_pkey" PRIMARY KEY ("run_id", "model", "group_key")
);
ALTER TABLE "learning_result" ADD CONSTRAINT "learning_result_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "learning_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The registry.
CREATE TABLE "model" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "model_workspace_id_idx" ON "model"("workspace_id");
ALTER TABLE "model" ADD CONSTRAINT "model_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "model_version" (
    "id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "run_id" UUID,
    "stage" TEXT NOT NULL DEFAULT 'draft',
    "card" JSONB NOT NULL,
    "file" BYTEA NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    CONSTRAINT "model_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "model_version_stage_check" CHECK ("stage" IN ('draft', 'candidate', 'live', 'retired'))
);
CREATE UNIQUE INDEX "model_version_model_id_version_key" ON "model_version"("model_id", "version");
-- Whoever asks a model is answered by one version.
CREATE UNIQUE INDEX "model_version_live_key" ON "model_version"("model_id") WHERE "stage" = 'live';
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "learning_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE FUNCTION "refuse_model_version_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."file" IS DISTINCT FROM OLD."file" OR NEW."card" IS DISTINCT FROM OLD."card"
    OR NEW."content_hash" IS DISTINCT FROM OLD."content_hash" OR NEW."version" IS DISTINCT FROM OLD."version"
    OR NEW."model_id" IS DISTINCT FROM OLD."model_id" THEN
    RAISE EXCEPTION 'a model version is immutable but for its stage';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "model_version_is_immutable" BEFORE UPDATE ON "model_version"
  FOR EACH ROW EXECUTE FUNCTION "refuse_model_version_update"();

CREATE TABLE "model_event" (
    "id" BIGSERIAL NOT NULL,
    "model_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "from_stage" TEXT,
    "to_stage" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "user_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "model_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "model_event_model_id_id_idx" ON "model_event"("model_id", "id");
ALTER TABLE "model_event" ADD CONSTRAINT "model_event_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A link opens a backtest or a model version.
ALTER TABLE "share" ALTER COLUMN "backtest_id" DROP NOT NULL,
  ADD COLUMN "model_version_id" UUID,
  ADD CONSTRAINT "share_opens_one_check" CHECK (num_nonnulls("backtest_id", "model_version_id") = 1);
ALTER TABLE "share" ADD CONSTRAINT "share_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is compressed already, or read in one piece, is stored outside the row as it is.
ALTER TABLE "learning_part" ALTER COLUMN "result" SET STORAGE EXTERNAL;
ALTER TABLE "learning_result" ALTER COLUMN "file" SET STORAGE EXTERNAL;
ALTER TABLE "model_version" ALTER COLUMN "file" SET STORAGE EXTERNAL;
