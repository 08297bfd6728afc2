/** The columns of the one table that `npm run bench` prints. */
const columns = {
  operations: 'operations',
  trips: 'trips',
  /** Of the process that does it: an action, or a post. */
  cpu: 'CPU ms',
  bundle: 'bundle KB',
  imports: 'import ms',
  /** To the same thing done the usual way: a bundle by esbuild alone, a post by the SDK's client. */
  ratio: 'ratio',
  rate: 'deliveries/s',
  p50: 'p50 ms',
  p99: 'p99 ms',
};

const nameWidth = 50;

/** Prints a row; a figure that a thing hasn't is left empty. */
export function printRow(name: string, figures: Partial<Record<keyof typeof columns, number | string>>): void {
  const cells = Object.entries(columns).map(([column, title]) =>
    String(figures[column as keyof typeof columns] ?? '').padStart(title.length + 2),
  );
  console.log((name.padEnd(nameWidth) + cells.join('')).trimEnd());
}

export function printTitles(): void {
  printRow('', columns);
}

/** A line over a group of rows. */
export function printGroup(title: string): void {
  console.log(`${title}`);
}

export function median(figures: number[]): number {
  return quantile(figures, 0.5);
}

/** The figure below which so large a part of all is. */
export function quantile(figures: number[], part: number): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length * part)] ?? 0;
}
