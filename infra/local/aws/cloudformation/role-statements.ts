import * as z from 'zod/mini';
import { policy, type Statement, statementsOf } from '../iam/policies.ts';
import { operatorId, type Principal } from '../iam/roles.ts';
import { userArn } from './arns.ts';
import type { Resources } from './resources.ts';

const role = z.object({ Policies: z.optional(z.array(policy)) });
const attachedPolicy = z.extend(policy, { Roles: z.optional(z.array(z.string())) });

/** What a role allows: its inline policies, and the policies of the template that are attached to it. */
export function roleStatements(resources: Resources, roleId: string): Statement[] {
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => resources.ofType(type, attachedPolicy))
    .map(({ properties }) => properties)
    .filter(({ Roles = [] }) => Roles.includes(roleId));
  return statementsOf([...(resources.propertiesOf(roleId, role).Policies ?? []), ...attached]);
}

/** The person at this machine has every policy that the template makes for people: one that is attached to no role. */
export function readOperator(resources: Resources): Principal {
  const policies = resources
    .ofType('AWS::IAM::ManagedPolicy', attachedPolicy)
    .map(({ properties }) => properties)
    .filter(({ Roles }) => Roles === undefined);
  return { id: operatorId, name: 'the operator', userArn: userArn('laptop'), statements: statementsOf(policies) };
}
