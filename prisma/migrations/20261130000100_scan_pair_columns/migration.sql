-- What a funnel finds of a pair stands in columns: a scan has half a million pairs, and JSON cost more
-- memory and time than finding them. The p-value that was judged is stored for every scan.
ALTER TABLE "scan_pair"
    ADD COLUMN "p_value" DOUBLE PRECISION,
    ADD COLUMN "stage" TEXT,
    ADD COLUMN "reason" TEXT,
    ADD COLUMN "rank" INTEGER,
    ADD COLUMN "cluster" INTEGER,
    ADD COLUMN "combined_p_value" DOUBLE PRECISION,
    ADD COLUMN "johansen_p_value" DOUBLE PRECISION,
    ADD COLUMN "hurst" DOUBLE PRECISION,
    ADD COLUMN "mean_crossings" INTEGER;

UPDATE "scan_pair" p SET
    "p_value" = CASE
        WHEN p."funnel" IS NOT NULL THEN (p."funnel" ->> 'pValue')::float8
        WHEN s."config" ->> 'direction' = 'y-on-x' THEN p."p_value_yx"
        -- least() skips nulls: without this a refused pair would have the p-value 1.
        WHEN p."p_value_yx" IS NOT NULL AND p."p_value_xy" IS NOT NULL
            THEN least(1, 2 * least(p."p_value_yx", p."p_value_xy"))
    END,
    "stage" = p."funnel" ->> 'stage',
    "reason" = p."funnel" ->> 'reason',
    "rank" = (p."funnel" ->> 'rank')::int,
    "cluster" = (p."funnel" ->> 'cluster')::int,
    "combined_p_value" = (p."funnel" ->> 'combinedPValue')::float8,
    "johansen_p_value" = (p."funnel" ->> 'johansenPValue')::float8,
    "hurst" = (p."funnel" ->> 'hurst')::float8,
    "mean_crossings" = (p."funnel" ->> 'meanCrossings')::int
FROM "scan" s WHERE s."id" = p."scan_id";

ALTER TABLE "scan_pair" DROP COLUMN "funnel";

-- A foreign key is checked row by row: two seconds of a large scan, in which it cannot be cancelled. Who
-- writes pairs locks their scan, and a scan that is deleted takes its pairs with it.
ALTER TABLE "scan_pair" DROP CONSTRAINT "scan_pair_scan_id_fkey";

CREATE FUNCTION "delete_pairs_of_scan"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "scan_pair" WHERE "scan_id" = OLD."id";
  RETURN NULL;
END
$$;

CREATE TRIGGER "scan_takes_its_pairs" AFTER DELETE ON "scan"
    FOR EACH ROW EXECUTE FUNCTION "delete_pairs_of_scan"();
