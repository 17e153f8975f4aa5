/** Where the proxy tells a page its own path and query; what a browser sends under this name is replaced. */
export const REQUESTED_PATH_HEADER = "x-requested-path";
