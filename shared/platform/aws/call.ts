import { retry } from '../retry.ts';
import { settings } from '../settings.ts';
import { type AwsResponse, awsRequest } from './request.ts';

/** The prefix of each service's operations, and its version of AWS's JSON protocol. */
const services = {
  kms: ['TrentService', '1.1'],
  secretsmanager: ['secretsmanager', '1.1'],
  'sms-voice': ['PinpointSMSVoiceV2', '1.0'],
} as const;

/** What a service says is wrong. */
export interface AwsError extends Error {
  status: number;
  /** Why, for an error with several reasons; in the service's words. */
  reason?: string | undefined;
}

/**
 * Calls one operation of a service, in up to three attempts. Our own because an SDK client for one call
 * would be a quarter of a function's bundle. With `once`, a call that AWS may have carried out is not
 * repeated. Throws an `AwsError` with the service's name for it, such as ResourceNotFoundException, or what `exchange` throws.
 */
export function callAws(
  service: keyof typeof services,
  operation: string,
  input: object,
  { timeoutMs, once }: { timeoutMs?: number; once?: true } = {},
): Promise<unknown> {
  const [target, version] = services[service];
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` };
  const url = new URL(settings.awsUrl(service));
  const body = JSON.stringify(input);
  return retry({ attempts: 3, baseMs: 200, shouldRetry: once ? isThrottled : mayPass }, async () => {
    const answer = await awsRequest({ service, method: 'POST', url, headers, body, ...(timeoutMs && { timeoutMs }) });
    if (answer.status === 200) return JSON.parse(answer.body);
    throw errorIn(answer, `${service} ${operation}`);
  });
}

const isThrottled = (error: unknown): boolean => (error as Partial<AwsError>).name === 'ThrottlingException';

/** Without a status there was no answer. */
const mayPass = (error: unknown): boolean => {
  const { status = 500 } = error as Partial<AwsError>;
  return status >= 500 || isThrottled(error);
};

function errorIn({ status, type, body }: AwsResponse, what: string): AwsError {
  const { __type, message, Message, Reason: reason } = parsed(body);
  const name = (type ?? __type ?? 'ServiceUnavailable').split(':')[0]?.split('#').at(-1);
  return Object.assign(new Error(`${what}: ${status} ${message ?? Message ?? ''}`), {
    name,
    status,
    reason,
  }) as AwsError;
}

function parsed(body: string): { __type?: string; message?: string; Message?: string; Reason?: string } {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
