-- The bars that a version of a dataset was saved on, so that it can be told whether they have changed since.
ALTER TABLE "dataset_version" ADD COLUMN "bars" JSONB;
