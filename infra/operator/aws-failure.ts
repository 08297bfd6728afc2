import { Failure } from './failure.ts';

const logIn =
  'Log in with `aws sso login` and choose the profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';

export const attachPolicy = 'Attach the policy in the output OperatorPolicyArn of the stack to your user or role.';

const noCredentials = /^(Credentials|Token)ProviderError$/;
const invalidCredentials =
  /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|RequestExpired)$/;

/** What an error of the SDK, or a code of AWS, means to the operator. */
export function failureOf(
  error: { name: string; message: string },
  { stack, region }: { stack?: string; region?: string } = {},
): Failure {
  const { name, message } = error;
  if (noCredentials.test(name)) return new Failure('notAllowed', `There are no AWS credentials: ${message}\n${logIn}`);
  if (invalidCredentials.test(name))
    return new Failure('notAllowed', `AWS does not accept the credentials: ${message}\n${logIn}`);
  if (/^AccessDenied/.test(name)) return new Failure('notAllowed', `You may not look up the stack. ${attachPolicy}`);
  if (name === 'ValidationError' && stack)
    return new Failure('misused', `There is no stack ${stack} in ${region}. Check --stage, --region and AWS_PROFILE.`);
  return new Failure('unreachable', `The request to AWS failed: ${name}: ${message}`);
}
