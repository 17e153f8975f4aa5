import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** That axe finds nothing serious on the page as it stands. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
    name,
  ).toEqual([]);
}
