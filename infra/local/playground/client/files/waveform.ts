/** The highest samples of so many parts of a sound, from 0 to 100, the loudest of them being 100. */
export function peaks(samples: Float32Array, parts: number): number[] {
  const length = Math.max(1, Math.ceil(samples.length / parts));
  const highest = Array.from({ length: parts }, (_, n) =>
    samples.subarray(n * length, (n + 1) * length).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
  );
  const loudest = Math.max(...highest);
  return highest.map((peak) => (loudest > 0 ? Math.round((peak / loudest) * 100) : 0));
}
