import {
  Activity,
  Bell,
  BrainCircuit,
  CandlestickChart,
  ChartScatter,
  FlaskConical,
  House,
  Link as LinkIcon,
  RadioTower,
  ScanSearch,
  SlidersHorizontal,
} from "lucide-react";

type NavPage = {
  readonly href: string;
  readonly label: string;
  readonly Icon: typeof House;
  /** Stands in the bottom bar of small screens. */
  readonly isPrimary: boolean;
  /** Other addresses that belong to it. */
  readonly also: readonly string[];
};

/** The pages of the rail, in the order of the work. */
export const NAV_PAGES: readonly NavPage[] = [
  { href: "/home", label: "Home", Icon: House, isPrimary: true, also: [] },
  { href: "/markets", label: "Markets", Icon: CandlestickChart, isPrimary: true, also: [] },
  { href: "/discover", label: "Discover", Icon: ScanSearch, isPrimary: true, also: ["/pairs"] },
  { href: "/strategies", label: "Strategies", Icon: SlidersHorizontal, isPrimary: false, also: [] },
  { href: "/backtests", label: "Backtests", Icon: FlaskConical, isPrimary: false, also: [] },
  {
    href: "/optimisations",
    label: "Optimisations",
    Icon: ChartScatter,
    isPrimary: false,
    also: [],
  },
  { href: "/models", label: "Models", Icon: BrainCircuit, isPrimary: false, also: [] },
  { href: "/live", label: "Live", Icon: Activity, isPrimary: true, also: [] },
  { href: "/alerts", label: "Alerts", Icon: Bell, isPrimary: false, also: [] },
  { href: "/feed", label: "Feed", Icon: RadioTower, isPrimary: false, also: [] },
  { href: "/shares", label: "Links", Icon: LinkIcon, isPrimary: false, also: [] },
];

/** Whether an address belongs to a page of the rail: its own, or one below it. */
export function isWithin(page: Pick<NavPage, "href" | "also">, pathname: string): boolean {
  return [page.href, ...page.also].some(
    (href) => pathname === href || pathname.startsWith(`${href}/`),
  );
}
