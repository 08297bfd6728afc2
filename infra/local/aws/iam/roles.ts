import { createHmac, randomBytes } from 'node:crypto';
import { covers, type Statement } from './policies.ts';
import { type SignedRequest, signerOf } from './signature.ts';

/** An IAM action on a resource, as a call requires it. */
export interface Permission {
  action: string;
  resource: string;
}

/** Who acts with a role: a function, or an API that invokes functions. Or a person, with policies of their own. */
export interface Principal {
  /** Its logical id, or the role's. */
  id: string;
  name: string;
  /** What the role allows. */
  statements: Statement[];
  /** A person's ARN. */
  userArn?: string;
  /** ARN of the queue into which Lambda puts the failed events of a function, with the function's role. */
  deadLetters?: string;
}

/** What a function signs its requests to AWS with. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** The person at this machine. Logical ids end in a hash, so no resource has this one. */
export const operatorId = 'Operator';

/** DynamoDB Local accepts only letters and digits, and logical ids contain nothing else. */
const accessKeyOf = ({ id }: Pick<Principal, 'id'>): string => `LOCAL${id}`;

/** The roles: knows functions by their signature, decides what each role may do, records which grants were used. */
export class Roles {
  /** Anew in each run, so that only the functions of this run can sign. */
  private readonly secret = randomBytes(32);
  /** Functions have temporary credentials. */
  readonly areTemporary = true;
  private principals = new Map<string, Principal>();
  private readonly used = new Set<string>();

  constructor(principals: Principal[]) {
    this.reload(principals);
  }

  /** From now on these roles count. */
  reload(principals: Principal[]): void {
    this.principals = new Map(principals.map((principal) => [accessKeyOf(principal), principal]));
  }

  credentialsOf(principal: Pick<Principal, 'id'>): Credentials {
    const accessKeyId = accessKeyOf(principal);
    return { accessKeyId, secretAccessKey: this.secretOf(accessKeyId) };
  }

  /** The secret of any access key, even of one that no principal has. */
  secretOf(accessKeyId: string): string {
    return createHmac('sha256', this.secret).update(accessKeyId).digest('base64url');
  }

  /** Who has signed a request; undefined if the signature is wrong. */
  signerOf(request: SignedRequest): Principal | undefined {
    return this.principals.get(signerOf(request, (id) => this.secretOf(id)) ?? '');
  }

  /** Why a request is refused, in AWS's words; undefined if the role of its signer has all these permissions. */
  refusal(request: SignedRequest, permissions: Permission[]): string | undefined {
    return this.refusalOf(signerOf(request, (id) => this.secretOf(id)) ?? 'nobody', permissions);
  }

  /** The same for a request that was signed with this access key. */
  refusalOf(accessKey: string, permissions: Permission[]): string | undefined {
    const caller = this.principals.get(accessKey);
    const refused = permissions.find((permission) => !caller || !this.allows(caller, permission));
    return (
      refused &&
      `User: ${caller?.name ?? accessKey} is not authorized to perform: ${refused.action} on resource: ${refused.resource}`
    );
  }

  /** Whether its role has this permission, which counts as used then. */
  allows({ name, statements }: Principal, { action, resource }: Permission): boolean {
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
   * itself uses with a function's role, to write logs and traces and to put failed invocations into a queue, and those of people.
   */
  unused(): string[] {
    const machines = [...this.principals.values()].filter(({ userArn }) => userArn === undefined);
    return machines.flatMap(({ name, statements, deadLetters }) => {
      const granted = statements.flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => grantName(name, action, resource))),
      );
      const ofLambda = grantName(name, 'sqs:SendMessage', deadLetters ?? '');
      return granted.filter((grant) => !/ (logs:|xray:)/.test(grant) && grant !== ofLambda && !this.used.has(grant));
    });
  }
}

const grantName = (name: string, action: string, resource: string) => `${name} ${action} ${resource}`;
