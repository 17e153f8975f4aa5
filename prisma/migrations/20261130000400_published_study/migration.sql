-- The published strategies on pairs of one's own choice, beside what is left of them.
CREATE TABLE "published_study" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "job_id" UUID,
    "config" JSONB NOT NULL,
    "result" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    CONSTRAINT "published_study_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "published_study_job_id_key" ON "published_study"("job_id");
CREATE INDEX "published_study_workspace_id_created_at_idx" ON "published_study"("workspace_id", "created_at");
ALTER TABLE "published_study" ADD CONSTRAINT "published_study_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "published_study" ADD CONSTRAINT "published_study_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;
