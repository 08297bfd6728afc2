import type { FunctionConfig } from '../cloudformation/functions.ts';

/** An IAM action on a resource, as a call requires it. */
export interface Permission {
  action: string;
  resource: string;
}

/** A function's access key id. DynamoDB Local accepts only letters and digits, and logical ids contain nothing else. */
export const accessKeyOf = ({ id }: FunctionConfig): string => `LOCAL${id}`;

/** The roles of the functions: decides what each may do, and records which grants were used. */
export class Roles {
  private functions = new Map<string, FunctionConfig>();
  private readonly used = new Set<string>();

  constructor(functions: FunctionConfig[]) {
    this.reload(functions);
  }

  /** From now on these functions' roles count. */
  reload(functions: FunctionConfig[]): void {
    this.functions = new Map(functions.map((config) => [accessKeyOf(config), config]));
  }

  /** Why the signer of a request is refused, in AWS's words; undefined if its role has all these permissions. */
  refusal(authorization: string | undefined, permissions: Permission[]): string | undefined {
    const accessKey = /Credential=(\w+)\//.exec(authorization ?? '')?.[1] ?? 'nobody';
    const caller = this.functions.get(accessKey);
    const refused = permissions.find((permission) => !caller || !this.allows(caller, permission));
    return (
      refused &&
      `User: ${caller?.name ?? accessKey} is not authorized to perform: ${refused.action} on resource: ${refused.resource}`
    );
  }

  private allows({ name, statements }: FunctionConfig, { action, resource }: Permission): boolean {
    for (const { actions, resources } of statements) {
      const pattern = resources.find((candidate) => actions.includes(action) && covers(candidate, resource));
      if (pattern === undefined) continue;
      this.used.add(grantName(name, action, pattern));
      return true;
    }
    return false;
  }

  /**
   * The grants that no call has used so far, as "auth/login dynamodb:PutItem arn:...". Left out are the grants that Lambda
   * itself uses with a function's role: to write logs and traces, and to put failed invocations into a queue.
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

/** Matches as IAM does: `*` stands for anything. */
function covers(pattern: string, resource: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.?+^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(resource);
}
