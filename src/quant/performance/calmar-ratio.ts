/**
 * Calmar ratio: annualised return per unit of the worst drawdown.
 *
 * annualisedReturn / drawdownMax, over the whole period.
 *
 * @param annualisedReturn fraction a year
 * @param drawdownMax fraction in [0, 1]
 * @returns dimensionless; null without a drawdown
 *
 * Convention: matches empyrical calmar_ratio. Source: Young (1991). Checked:
 * golden/performance.json.
 */
export function calmarRatio(annualisedReturn: number, drawdownMax: number): number | null {
  return drawdownMax === 0 ? null : annualisedReturn / drawdownMax;
}
