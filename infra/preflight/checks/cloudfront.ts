import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { defineCheck } from '../check.ts';
import { ask } from '../failure.ts';
import { ok, todo, unknown } from '../finding.ts';

/** How AWS refuses the first distribution of an account that it has not verified. */
const refusal = /must be verified before you can add new CloudFront resources/;

/** No read-only request tells whether AWS allows new distributions, so this looks for signs. */
export const cloudFront = defineCheck({
  name: 'cloudfront',
  title: 'CloudFront',
  actions: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents', 'cloudfront:ListDistributions'],
  codes: ['cloudfront_refused', 'cloudfront_unproven'],
  unusedBecause: ({ edge }) => (edge ? undefined : 'the stage sets "edge": false'),
  async run({ aws, stack, failures }) {
    if ((await stack())?.outputs.EdgeHost) return ok('the stack has a distribution');
    if ((await failures()).some((reason) => refusal.test(reason)))
      return todo(
        'cloudfront_refused',
        'AWS has not verified the account. See "An account without CloudFront" in docs/deploy.md, and set "edge": false until then.',
      );
    const { DistributionList } = await ask('cloudfront:ListDistributions', () =>
      aws.cloudFront().send(new ListDistributionsCommand({ MaxItems: 1 })),
    );
    if (DistributionList?.Quantity) return ok('the account has distributions already');
    return unknown(
      'cloudfront_unproven',
      'The account has no distribution yet, and AWS refuses them in some new accounts. Step 1 in docs/deploy.md has the command that tells.',
    );
  },
});
