import { randomFrom } from '../../../infra/local/random.ts';

/** Chance that can be had again: `Math.random()` gives the same to all code, from a seed on. */
export function seedRandom(seed: number): void {
  Math.random = randomFrom(seed);
}

export const between = ([least, most]: readonly [number, number]): number => least + Math.random() * (most - least);

/** A number whose logarithm is normal (Box and Muller). */
export function logNormal({ median, sigma }: { median: number; sigma: number }): number {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return median * Math.exp(sigma * normal);
}
