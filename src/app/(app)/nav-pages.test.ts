import { expect, test } from "vitest";
import { isWithin, NAV_PAGES } from "./nav-pages.ts";

const activeLabels = (pathname: string) =>
  NAV_PAGES.filter((page) => isWithin(page, pathname)).map(({ label }) => label);

test.each([
  { pathname: "/home", label: "Home" },
  { pathname: "/markets/upload", label: "Markets" },
  { pathname: "/pairs/scan/1/2", label: "Discover" },
  { pathname: "/backtests/7", label: "Backtests" },
  { pathname: "/optimisations/new", label: "Optimisations" },
])("$pathname marks $label and nothing else", ({ pathname, label }) => {
  expect(activeLabels(pathname)).toEqual([label]);
});

test("an address that only begins alike marks nothing", () => {
  expect(activeLabels("/homework")).toEqual([]);
});
