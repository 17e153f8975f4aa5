/**
 * How many of some things one of several holders may have, so that all have as many as evenly possible.
 *
 * @param holders ids of all that live; a holder that is not among them counts as one more
 */
export function leaseQuota(count: number, holders: readonly string[], holder: string): number {
  const all = [...new Set([...holders, holder])].sort();
  const whole = Math.floor(count / all.length);
  return whole + (all.indexOf(holder) < count % all.length ? 1 : 0);
}
