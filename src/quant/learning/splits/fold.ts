/** One division of rows into those that are learned from and those that are predicted. */
export type Fold = {
  /** Places of the rows, ascending. */
  readonly training: Int32Array;
  readonly test: Int32Array;
  /** Rows that would have been learned from, but read what test rows read. */
  readonly purged: number;
  /** Rows besides those that follow the test rows too closely. */
  readonly embargoed: number;
};

/** How training rows are kept apart from test rows. */
export type Separation = {
  /**
   * "features-and-labels": no label of one side touches what features of the other side read.
   * "labels": no label of one side reaches a row of the other; for features that read the whole past.
   */
  readonly purge: "features-and-labels" | "labels";
  /** Distinct times by which the labels of test rows are taken to be longer than they are, ≥ 0. */
  readonly embargoBars: number;
};

/** A run of rows: from ≤ row < to. */
export type RowRange = { readonly from: number; readonly to: number };
