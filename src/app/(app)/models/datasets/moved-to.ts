/** A list with one of its elements at another place; the others keep their order. */
export function movedTo<Element>(list: readonly Element[], from: number, to: number): Element[] {
  const moved = list.slice(from, from + 1);
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), ...moved, ...rest.slice(to)];
}
