/**
 * What an instrument of the synthetic universe is there to show; the answer that a scan should
 * find.
 */
export type SyntheticRelation = "cointegrated" | "regime-break" | "decoy" | "independent";

/**
 * How one instrument is made. `trend` names the common random walk that its log price follows with
 * `trendLoading`; instruments of one trend are cointegrated as long as their own part is
 * stationary. Volatilities are per bar in calm times, `noiseStd` is the stationary deviation of the
 * own part.
 */
export type InstrumentPlan = {
  readonly symbol: string;
  readonly name: string;
  readonly group: string;
  readonly relation: SyntheticRelation;
  readonly trend: string;
  readonly sector: number;
  readonly trendLoading: number;
  readonly startPrice: number;
  readonly halfLifeBars: number;
  readonly noiseStd: number;
  /** Share of the history after which the own part wanders off; null: never. */
  readonly breakAt: number | null;
};

type GroupPlan = {
  readonly group: string;
  readonly relation: SyntheticRelation;
  readonly sector: number;
  readonly halfLifeBars: number;
  readonly noiseStd: number;
  readonly breakAt?: number;
  /** Symbol, loading on the common trend, first price. */
  readonly members: readonly (readonly [string, number, number])[];
};

/** Ordered so that a smaller universe still has some of each: the first n instruments are taken. */
const GROUPS: readonly GroupPlan[] = [
  {
    group: "Conifers",
    relation: "cointegrated",
    sector: 0,
    halfLifeBars: 18,
    noiseStd: 0.0032,
    members: [
      ["PINE", 1, 42],
      ["SPRUCE", 0.85, 118],
      ["LARCH", 1.15, 9.4],
      ["FIR", 0.7, 260],
    ],
  },
  {
    group: "Willow break",
    relation: "regime-break",
    sector: 1,
    halfLifeBars: 20,
    noiseStd: 0.0035,
    breakAt: 0.6,
    members: [
      ["WILLOW", 1, 33],
      ["POPLAR", 0.9, 71],
    ],
  },
  {
    group: "Fruit decoys",
    relation: "decoy",
    sector: 2,
    halfLifeBars: 0,
    noiseStd: 0.0009,
    members: [
      ["CHERRY", 1, 88],
      ["PEAR", 1.05, 27],
      ["PLUM", 0.95, 140],
      ["QUINCE", 1, 12.5],
    ],
  },
  {
    group: "Nuts",
    relation: "cointegrated",
    sector: 3,
    halfLifeBars: 24,
    noiseStd: 0.004,
    members: [
      ["HAZEL", 1, 55],
      ["PECAN", 1.2, 18],
      ["HICKORY", 0.8, 205],
    ],
  },
  {
    group: "Solitary",
    relation: "independent",
    sector: 4,
    halfLifeBars: 0,
    noiseStd: 0.0035,
    members: [
      ["BALSA", 0.4, 3.2],
      ["GINKGO", 0.3, 310],
      ["YEW", 0.5, 64],
    ],
  },
  {
    group: "Oaks",
    relation: "cointegrated",
    sector: 1,
    halfLifeBars: 48,
    noiseStd: 0.006,
    members: [
      ["OAK", 1, 150],
      ["BEECH", 0.75, 37],
      ["ELM", 1.1, 22],
    ],
  },
  {
    group: "Birches",
    relation: "cointegrated",
    sector: 0,
    halfLifeBars: 36,
    noiseStd: 0.005,
    members: [
      ["BIRCH", 1, 480],
      ["ALDER", 0.95, 15],
    ],
  },
  {
    group: "Maples",
    relation: "cointegrated",
    sector: 2,
    halfLifeBars: 96,
    noiseStd: 0.009,
    members: [
      ["MAPLE", 1, 77],
      ["LINDEN", 1.3, 6.1],
    ],
  },
  {
    group: "Laurels",
    relation: "cointegrated",
    sector: 3,
    halfLifeBars: 192,
    noiseStd: 0.016,
    members: [
      ["LAUREL", 1, 29],
      ["MYRTLE", 0.9, 96],
    ],
  },
  {
    group: "Cedar break",
    relation: "regime-break",
    sector: 0,
    halfLifeBars: 16,
    noiseStd: 0.0032,
    breakAt: 0.5,
    members: [
      ["CEDAR", 1, 134],
      ["CYPRESS", 1.1, 48],
    ],
  },
  {
    group: "Palm break",
    relation: "regime-break",
    sector: 4,
    halfLifeBars: 30,
    noiseStd: 0.0045,
    breakAt: 0.75,
    members: [
      ["PALM", 1, 19],
      ["OLIVE", 0.8, 225],
    ],
  },
  {
    group: "Tropical decoys",
    relation: "decoy",
    sector: 4,
    halfLifeBars: 0,
    noiseStd: 0.001,
    members: [
      ["TEAK", 1, 61],
      ["EBONY", 1.1, 390],
      ["LIME", 0.9, 8.8],
    ],
  },
  {
    group: "Hedge decoys",
    relation: "decoy",
    sector: 1,
    halfLifeBars: 0,
    noiseStd: 0.0008,
    members: [
      ["HOLLY", 1, 24],
      ["ROWAN", 1, 52],
      ["ELDER", 0.9, 170],
    ],
  },
  {
    group: "Wanderers",
    relation: "independent",
    sector: 2,
    halfLifeBars: 0,
    noiseStd: 0.0045,
    members: [
      ["ASPEN", 0.6, 11],
      ["FIG", 0.2, 4.6],
      ["JUNIPER", 0.5, 83],
      ["PLANE", 0.3, 240],
      ["REDWOOD", 0.7, 520],
    ],
  },
];

/** The plan of every instrument that the synthetic universe can have, in the order of its use. */
export const UNIVERSE_PLAN: readonly InstrumentPlan[] = GROUPS.flatMap((group) =>
  group.members.map(([tree, trendLoading, startPrice], i) => ({
    symbol: `SYN-${tree}`,
    name: `Synthetic ${tree[0]}${tree.slice(1).toLowerCase()}`,
    group: group.group,
    relation: group.relation,
    trend: group.group,
    sector: group.sector,
    trendLoading,
    startPrice,
    halfLifeBars: group.halfLifeBars,
    noiseStd: group.noiseStd,
    // Of a broken pair the second member leaves; the first goes on as before.
    breakAt: i === 1 ? (group.breakAt ?? null) : null,
  })),
);
