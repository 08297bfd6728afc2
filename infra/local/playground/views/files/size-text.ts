import type { Texts } from '../../texts/en/index.ts';

/** "1.4 MB" */
export function sizeText(bytes: number, { units, decimal }: Texts['files']): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)));
  return `${decimal(bytes / 1000 ** power)} ${units[power]}`;
}

/** "1:05" */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
