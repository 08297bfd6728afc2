import * as z from 'zod/mini';
import { failureOf } from './aws-failure.ts';
import { type Signer, signedFetch } from './signed-fetch.ts';

const identity = z.object({
  GetCallerIdentityResponse: z.object({ GetCallerIdentityResult: z.object({ Arn: z.string() }) }),
});
const refusal = z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) });

/** Whose credentials these are, from STS, which asks for no permission. Throws a `Failure` if they are invalid. */
export async function callerArn(signer: Signer): Promise<string> {
  const endpoint = process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL;
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  const response = await signedFetch(
    new URL(endpoint ?? `https://sts.${signer.region}.amazonaws.com/`),
    { headers, body: 'Action=GetCallerIdentity&Version=2011-06-15' },
    signer,
    'sts',
  );
  const body = await response.json();
  const { data } = z.safeParse(identity, body);
  if (data) return data.GetCallerIdentityResponse.GetCallerIdentityResult.Arn;
  const { Code, Message } = z.parse(refusal, body).Error;
  throw failureOf({ name: Code, message: Message });
}
