import type { IncomingHttpHeaders } from 'node:http';
import type { Api } from '../cloudformation/apis.ts';
import { account, invokeArn, region } from '../cloudformation/arns.ts';
import type { Roles } from '../iam/roles.ts';
import { millisecondsOf, readAuthorization } from '../iam/signature.ts';
import { type ApiRequest, splitUrl } from './api-request.ts';

/** How far the date of a signature may be from the server's time, milliseconds. */
const maxSkewMs = 5 * 60_000;

/** What a function learns of the caller of a route with the authorisation AWS_IAM. */
export interface Caller {
  accessKey: string;
  accountId: string;
  callerId: string;
  cognitoIdentity: null;
  principalOrgId: null;
  userArn: string;
  userId: string;
}

/** Whether the client has signed the request with AWS credentials, rightly or not. */
export const isSigned = ({ authorization }: IncomingHttpHeaders): boolean =>
  authorization?.startsWith('AWS4-HMAC-SHA256 ') ?? false;

/** The person who has signed a request, if they may call the API there; otherwise undefined. */
export function callerOf(api: Api, request: ApiRequest, body: Buffer, roles: Roles): Caller | undefined {
  const { method, url, headers } = request;
  const { accessKeyId, scope, names } = readAuthorization(headers);
  const time = String(headers['x-amz-date']);
  const skewMs = Math.abs(Date.now() - (millisecondsOf(time) ?? 0));
  if (skewMs > maxSkewMs || !names.includes('host')) return undefined;
  if (scope !== `${time.slice(0, 8)}/${region}/execute-api/aws4_request`) return undefined;
  const signer = roles.signerOf({ method, url, headers, body });
  const resource = invokeArn(api.id, `${api.stage}/${method}${splitUrl(url).path}`);
  if (!signer?.userArn || !roles.allows(signer, { action: 'execute-api:Invoke', resource })) return undefined;
  const { id, userArn } = signer;
  return {
    accessKey: accessKeyId,
    accountId: account,
    callerId: id,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn,
    userId: id,
  };
}
