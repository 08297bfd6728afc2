import { both, but, edgeStackIn, mainStackIn, region, undeployed } from '../world.ts';
import type { Fault } from './index.ts';

const notVerified =
  'Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS Support.';

export const faultsOfDeployment: Fault[] = [
  ['bootstrap', 'not_bootstrapped', 'the region was never bootstrapped', but({ bootstrap: { [region]: undefined } })],
  ['bootstrap', 'bootstrap_too_old', 'the bootstrap is old', but({ bootstrap: { [region]: 5 } })],
  ['edge-bootstrap', 'not_bootstrapped', 'us-east-1 never was', but({ bootstrap: { 'us-east-1': undefined } })],
  ['edge-bootstrap', 'bootstrap_too_old', 'its bootstrap is old', but({ bootstrap: { 'us-east-1': 5 } })],

  ['stack', 'stack_failed', 'the first deployment failed', mainStackIn('ROLLBACK_COMPLETE', 'The cause')],
  ['stack', 'stack_stuck', 'a rollback failed', mainStackIn('UPDATE_ROLLBACK_FAILED', 'The cause')],
  ['stack', 'stack_busy', 'somebody is deploying', mainStackIn('UPDATE_IN_PROGRESS')],
  ['edge-stack', 'stack_failed', 'its deployment failed', edgeStackIn('ROLLBACK_FAILED')],
  ['edge-stack', 'stack_stuck', 'it cannot be deleted', edgeStackIn('DELETE_FAILED')],
  ['edge-stack', 'stack_busy', 'somebody is deploying it', edgeStackIn('CREATE_IN_PROGRESS')],

  ['leftovers', 'leftovers', 'a log group is left', both(undeployed, but({ logGroups: ['chat-prod'] }))],
  ['leftovers', 'leftovers', 'a function is left', both(undeployed, but({ functions: ['chat-prod-erase-reactions'] }))],
  ['leftovers', 'leftovers', 'an alarm is left', both(undeployed, but({ alarms: ['chat-prod-rest-errors'] }))],
  ['leftovers', 'leftovers', 'a dashboard is left', both(undeployed, but({ dashboards: [`chat-prod-${region}`] }))],

  [
    'lambda-concurrency',
    'too_little_concurrency',
    'the account is new',
    both(undeployed, but({ concurrency: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } })),
  ],
  [
    'lambda-concurrency',
    'too_little_concurrency',
    'other stacks have reserved the rest',
    but({ concurrency: { UnreservedConcurrentExecutions: 99 } }),
  ],
  ['cloudfront', 'cloudfront_refused', 'AWS refused it', mainStackIn('ROLLBACK_COMPLETE', notVerified, 'Another')],
  ['cloudfront', 'cloudfront_unproven', 'the account has no distribution', undeployed],
  [
    'api-gateway',
    'settings_exceed_quota',
    'the region has a small quota',
    but({ apiQuota: { burstLimit: 1250, rateLimit: 2500 } }),
  ],
];
