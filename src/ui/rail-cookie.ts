/** Holds "collapsed" when the person wants the narrow rail. */
export const RAIL_COOKIE = "rail";
