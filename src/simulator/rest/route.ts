import type { Exchange } from "../exchange.ts";
import type { Query } from "./query.ts";

/** One call of the REST interface. All are GET: orders come later. */
export type Route = {
  readonly path: string;
  /** Request weight; it may depend on the parameters, which may be wrong here. */
  readonly weight: number | ((query: Query) => number);
  /** Funding history has a pool of requests of its own. */
  readonly isFunding?: true;
  readonly answer: (request: RouteRequest) => unknown;
};

export type RouteRequest = {
  readonly exchange: Exchange;
  readonly query: Query;
  /** Multiplies UTC ms into the unit that the client asked for. */
  readonly timeFactor: 1 | 1000;
};
