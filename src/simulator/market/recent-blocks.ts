/** The last few blocks that were computed, by number; the oldest go first. */
export class RecentBlocks<Block> {
  readonly #blocks = new Map<number, Block>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(number: number, compute: (number: number) => Block): Block {
    const known = this.#blocks.get(number);
    if (known !== undefined) return known;
    const block = compute(number);
    this.set(number, block);
    return block;
  }

  set(number: number, block: Block): void {
    if (this.#blocks.size >= this.#capacity) {
      for (const oldest of this.#blocks.keys()) {
        this.#blocks.delete(oldest);
        break;
      }
    }
    this.#blocks.set(number, block);
  }

  clear(): void {
    this.#blocks.clear();
  }
}
