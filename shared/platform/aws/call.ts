import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '../settings.ts';
import { awsRequest } from './request.ts';

const attempts = 3;
const targets = { kms: 'TrentService', secretsmanager: 'secretsmanager', ssm: 'AmazonSSM' };

/**
 * Calls one operation of Secrets Manager, the Parameter Store or KMS, in up to three attempts. It exists because nearly
 * every function needs the public keys, and an SDK client for that one read would be a quarter of its bundle. Throws an
 * error with the service's name for it, such as ResourceNotFoundException.
 */
export async function callAws(service: keyof typeof targets, operation: string, input: object): Promise<unknown> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${targets[service]}.${operation}` };
  const url = new URL(settings.awsUrl(service));
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await awsRequest({ service, method: 'POST', url, headers, body: JSON.stringify(input) });
      if (answer.status === 200) return JSON.parse(answer.body);
      throw refusal(`${service} ${operation}`, answer);
    } catch (error) {
      const { status = 500, name } = error as Error & { status?: number };
      const passing = status >= 500 || name === 'ThrottlingException';
      if (!passing || attempt === attempts) throw error;
      await sleep(Math.random() * 100 * 2 ** attempt);
    }
  }
}

function refusal(
  what: string,
  { status, type, body }: { status: number; type?: string | undefined; body: string },
): Error {
  const { __type, message, Message } = parsed(body);
  const name = (type ?? __type ?? 'ServiceUnavailable').split(':')[0]?.split('#').at(-1);
  return Object.assign(new Error(`${what}: ${status} ${message ?? Message ?? ''}`), { name, status });
}

function parsed(body: string): { __type?: string; message?: string; Message?: string } {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
