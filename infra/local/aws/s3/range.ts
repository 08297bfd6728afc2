import { S3Error } from './s3-error.ts';

/** Both ends belong to it. */
export interface Range {
  start: number;
  end: number;
}

/**
 * What a Range header asks for of so many bytes. Undefined for the whole: without the header, and with one that S3 ignores,
 * such as several ranges. Throws if no byte of it is there.
 */
export function rangeOf(header: string | undefined, length: number): Range | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (start > end)
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: header ?? '',
      ActualObjectSize: String(length),
    });
  return { start, end };
}
