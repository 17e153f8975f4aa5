/** Says, moment by moment, whether another full span of time has begun. */
export function createCadence(everyMs: number): (nowMs: number) => boolean {
  let span: number | null = null;
  return (nowMs) => {
    const current = Math.floor(nowMs / everyMs);
    const isDue = span !== current;
    span = current;
    return isDue;
  };
}
