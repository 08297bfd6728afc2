import type { FunctionConfig } from '../cloudformation/template.ts';

/** What a call needs leave for: an IAM action on a resource. */
export interface Need {
  action: string;
  resource: string;
}

/** A function's access key id: DynamoDB Local takes letters and digits only, and logical ids have no others. */
export const accessKeyOf = ({ id }: FunctionConfig): string => `LOCAL${id}`;

/** The roles of the template: tells who may do what, and which of the grants nobody has used. */
export class Roles {
  private readonly functions: Map<string, FunctionConfig>;
  private readonly used = new Set<string>();

  constructor(functions: FunctionConfig[]) {
    this.functions = new Map(functions.map((config) => [accessKeyOf(config), config]));
  }

  /** Why the signer of a request may not do what it needs; undefined when it may. */
  refusal(authorization: string | undefined, needs: Need[]): string | undefined {
    const accessKey = /Credential=(\w+)\//.exec(authorization ?? '')?.[1] ?? 'nobody';
    const caller = this.functions.get(accessKey);
    const refused = needs.find((need) => !caller || !this.allows(caller, need));
    return (
      refused &&
      `User: ${caller?.name ?? accessKey} is not authorized to perform: ${refused.action} on resource: ${refused.resource}`
    );
  }

  private allows({ name, statements }: FunctionConfig, { action, resource }: Need): boolean {
    for (const { actions, resources } of statements) {
      const pattern = resources.find((candidate) => actions.includes(action) && covers(candidate, resource));
      if (pattern !== undefined) this.used.add(grantName(name, action, pattern));
      if (pattern !== undefined) return true;
    }
    return false;
  }

  /**
   * The grants that no call has needed so far, as "auth/login dynamodb:PutItem arn:...". Not those that Lambda itself uses
   * with a function's role: it writes the logs and traces, and sends what an asynchronous invocation failed on to a queue.
   */
  unused(): string[] {
    const granted = [...this.functions.values()].flatMap(({ name, statements }) =>
      statements.flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => grantName(name, action, resource))),
      ),
    );
    return granted.filter((grant) => !/ (logs:|xray:|sqs:SendMessage )/.test(grant) && !this.used.has(grant));
  }
}

const grantName = (name: string, action: string, resource: string) => `${name} ${action} ${resource}`;

/** IAM's own matching: `*` stands for anything. */
function covers(pattern: string, resource: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.?+^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(resource);
}
