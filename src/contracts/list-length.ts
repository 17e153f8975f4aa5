/** Rows of a list of results that are sent, the newest; older ones are kept, and open by their address. */
export const LIST_LENGTH_MAX = 500;
