import { defineCheck } from '../check.ts';
import { ok, todo } from '../finding.ts';

export const secretActions = ['cloudformation:DescribeStacks', 'secretsmanager:GetSecretValue'];

export const operatorSecret = defineCheck({
  name: 'operator-secret',
  title: 'Operator secret',
  actions: secretActions,
  codes: ['secret_deleted', 'secret_malformed', 'secret_unfilled'],
  async run({ secret, stack }) {
    const content = await secret();
    if (content === 'not deployed') return ok('the stack creates it');
    if (content === 'deleted')
      return todo(
        'secret_deleted',
        `It was deleted. Run "aws secretsmanager restore-secret --secret-id ${(await stack())?.outputs.OperatorSecretArn}".`,
      );
    if (content === 'malformed')
      return todo('secret_malformed', 'It is not a JSON object of strings. Store it again: docs/deploy.md.');
    const { openaiApiKey, googleClientId, googleClientSecret, fcmServiceAccount } = content;
    const features = {
      'the assistant': openaiApiKey,
      'Google Meet': googleClientId && googleClientSecret,
      'push notifications': fcmServiceAccount,
    };
    const [filled, empty] = [true, false].map((has) =>
      Object.entries(features).flatMap(([name, value]) => (Boolean(value) === has ? name : [])),
    );
    if (filled?.length === 0)
      return todo(
        'secret_unfilled',
        'It is empty, so there is neither the assistant nor Google Meet. See "The assistant and Google Meet" in docs/deploy.md.',
      );
    return ok(`it has ${filled?.join(', ')}${empty?.length ? `, but not ${empty.join(', ')}` : ''}`);
  },
});
