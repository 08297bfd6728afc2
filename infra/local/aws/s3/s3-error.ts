import { escapeXml } from './xml.ts';

/** A refusal as S3 answers it: a status and, in XML, a code with further elements. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  /** Further elements, such as `Key`. */
  readonly elements: Record<string, string>;

  constructor(status: number, code: string, message: string, elements: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.elements = elements;
  }

  toXml(): string {
    const elements = Object.entries({ Code: this.code, Message: this.message, ...this.elements });
    const content = elements.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${content}</Error>`;
  }
}

export const accessDenied = (message = 'Access Denied', elements?: Record<string, string>): S3Error =>
  new S3Error(403, 'AccessDenied', message, elements);

export const noSuchKey = (key: string): S3Error =>
  new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });

export const preconditionFailed = (condition: string): S3Error =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });
