import { checkRegion } from '../../region.ts';
import { defineCheck } from '../check.ts';
import { ok, todo } from '../finding.ts';

export const account = defineCheck({
  name: 'account',
  title: 'Account and region',
  actions: ['sts:GetCallerIdentity'],
  codes: ['region_not_supported'],
  async run({ region, identity }) {
    try {
      checkRegion(region);
    } catch (error) {
      return todo('region_not_supported', (error as Error).message);
    }
    const { account, arn } = await identity();
    return ok(`${account} in ${region}, as ${arn.replace(/^.*?:\d+:/, '')}`);
  },
});
