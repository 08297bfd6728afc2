import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import { ask, isRefused } from './failure.ts';

export interface DeployedStack {
  status: string;
  /** Empty until the first deployment has succeeded. */
  outputs: Record<string, string>;
}

/** Undefined if there is no stack of this name. */
export async function describeStack(client: CloudFormationClient, name: string): Promise<DeployedStack | undefined> {
  try {
    const { Stacks } = await ask('cloudformation:DescribeStacks', () =>
      client.send(new DescribeStacksCommand({ StackName: name })),
    );
    const [stack] = Stacks ?? [];
    if (!stack) return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]);
    return { status: stack.StackStatus ?? '', outputs: Object.fromEntries(outputs) };
  } catch (error) {
    // CloudFormation has no error of its own for a stack that does not exist.
    if (isRefused(error, 'ValidationError')) return undefined;
    throw error;
  }
}

/** Whether the stack has its resources, because its first deployment has succeeded. */
export const isDeployed = (stack: DeployedStack | undefined): stack is DeployedStack =>
  stack !== undefined && /^(CREATE_COMPLETE|UPDATE_|IMPORT_)/.test(stack.status);

const resources = z.record(
  z.string(),
  z.object({ Type: z.string(), Properties: z.optional(z.record(z.string(), z.unknown())) }),
);
export type Resources = z.output<typeof resources>;

const templateSchema = z.object({ Resources: resources });

/** The resources in the template that was deployed last. */
export async function deployedResources(client: CloudFormationClient, name: string): Promise<Resources> {
  const { TemplateBody = '' } = await ask('cloudformation:GetTemplate', () =>
    client.send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Processed' })),
  );
  return z.parse(templateSchema, JSON.parse(TemplateBody)).Resources;
}

/** What went wrong in the stack, the first failure first. Leaves out what only was cancelled. */
export async function failuresOf(client: CloudFormationClient, name: string): Promise<string[]> {
  return ask('cloudformation:DescribeStackEvents', async () => {
    const reasons: string[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: name }))
      for (const { ResourceStatus = '', ResourceStatusReason = '' } of StackEvents)
        if (ResourceStatus.endsWith('_FAILED') && !/cancelled/i.test(ResourceStatusReason))
          reasons.unshift(ResourceStatusReason);
    return reasons;
  });
}
