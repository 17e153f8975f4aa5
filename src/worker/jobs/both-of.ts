/** Both results; when one fails, the other is waited for, so that no thread works for nobody. */
export async function bothOf<A, B>(
  first: Promise<A>,
  second: Promise<B>,
): Promise<readonly [A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === "rejected") throw a.reason;
  if (b.status === "rejected") throw b.reason;
  return [a.value, b.value];
}
