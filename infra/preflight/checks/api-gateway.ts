import { GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { exceedsQuota, largestFor } from '../../api-quota.ts';
import { defineCheck } from '../check.ts';
import { ask } from '../failure.ts';
import { ok, todo } from '../finding.ts';

export const apiGateway = defineCheck({
  name: 'api-gateway',
  title: 'API Gateway quota',
  actions: ['apigateway:GET'],
  codes: ['settings_exceed_quota'],
  async run({ aws, config, region }) {
    const { throttleSettings } = await ask('apigateway:GET', () => aws.apiGateway().send(new GetAccountCommand({})));
    const { rateLimit = 0, burstLimit = 0 } = throttleSettings ?? {};
    const quota = `${rateLimit} requests a second with bursts of ${burstLimit}`;
    if (!exceedsQuota(config, { rateLimit, burstLimit })) return ok(`${quota} in ${region}`);
    const { parallelPages, ...throttle } = largestFor({ rateLimit, burstLimit });
    return todo(
      'settings_exceed_quota',
      `${region} allows ${quota}, too few for the settings. Set "throttle": ${JSON.stringify(throttle)} and "parallelPages": ${parallelPages} or less, or ask AWS for more (quota L-8A5B8E43).`,
    );
  },
});
