/** Points of a chart that fills the page: about two for each pixel of a wide screen. */
export const CHART_POINTS = 3_000;
