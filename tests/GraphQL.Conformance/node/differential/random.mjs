/** A seeded source of choices: the same seed makes the same case, on every machine. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 to below 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(items) {
    return items[this.below(items.length)];
  }

  /** One of the keys of `weights`, as often as its weight says. */
  weighted(weights) {
    let rest = this.next() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    for (const [key, weight] of Object.entries(weights)) {
      rest -= weight;
      if (rest < 0) return key;
    }

    return Object.keys(weights)[0];
  }

  some(items, probability) {
    return items.filter(() => this.chance(probability));
  }

  times(most, make) {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }
}

/** The seed of one case of a run. */
export function seedOf(run, number) {
  let seed = (run ^ 0x9e3779b9) >>> 0;
  for (let round = 0; round < 2; round++) {
    seed = Math.imul(seed ^ (number + round), 0x85ebca6b) >>> 0;
    seed = (seed ^ (seed >>> 13)) >>> 0;
  }

  return seed;
}
