/**
 * How well a name fits what is typed, both in lower case: the name itself before its beginning, before beginnings
 * of its words, before a part of it, before its letters in order; 0 when it does not fit.
 */
export function nameScore(name: string, wanted: string): number {
  if (name === wanted) return 5;
  if (name.startsWith(wanted)) return 4;
  const names = name.split(/[^\p{L}\p{N}]+/u);
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length > 0 && words.every((word) => names.some((one) => one.startsWith(word)))) {
    return 3;
  }
  if (name.includes(wanted)) return 2;
  return hasLettersInOrder(name, wanted) ? 1 : 0;
}

function hasLettersInOrder(name: string, wanted: string): boolean {
  let from = 0;
  for (const letter of wanted) {
    const at = name.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}
