import { z } from "zod";
import { StrategyVersionView } from "#contracts/strategy.ts";
import { isSynthetic } from "#contracts/venue.ts";
import { GATE_MODEL_JSON } from "./gate-models.ts";

/**
 * SQL that makes one JSON object of a strategy version `v` with the names of its instruments and of the model
 * behind which it stands. An instrument that is gone is called by its number.
 */
export const STRATEGY_VERSION_JSON = `
  jsonb_build_object(
    'id', v.id, 'version', v.version, 'config', v.config, 'configHash', v.config_hash,
    'createdAtMs', (extract(epoch from v.created_at) * 1000)::bigint,
    'backtestCount', (select count(*) from backtest c
                       where c.strategy_version_id = v.id and c.deleted_at is null),
    'gateModel', (
      select ${GATE_MODEL_JSON} from model_version mv join model m on m.id = mv.model_id
       where mv.id = (v.config #>> '{gate,modelVersionId}')::uuid),
    'books', (
      select jsonb_agg((
          select jsonb_agg(jsonb_build_object('instrumentId', leg.id::int,
                   'symbol', coalesce(i.symbol, '#' || leg.id), 'venue', coalesce(i.venue, ''))
                   order by leg.place)
            from jsonb_array_elements_text(book.legs) with ordinality as leg(id, place)
            left join instrument i on i.id = leg.id::int
        ) order by book.place)
        from jsonb_array_elements(v.config -> 'books') with ordinality as book(legs, place)))`;

/** Strategy version from the JSON that STRATEGY_VERSION_JSON makes. */
export function toStrategyVersionView(json: unknown): StrategyVersionView {
  return StrategyVersionView.parse(json);
}

/** True when prices of an instrument were generated: what is computed of it is synthetic too. */
export function hasSyntheticLeg({ books }: Pick<StrategyVersionView, "books">): boolean {
  return books.flat().some(({ venue }) => isSynthetic(venue));
}

/** SQL for the books of a strategy version `v` by id, for lists: names are read for all rows at once. */
export const STRATEGY_BOOKS = "v.config -> 'books'";

/** Books by id, as STRATEGY_BOOKS answers them. */
export const StoredBooks = z.array(z.array(z.number().int()));
