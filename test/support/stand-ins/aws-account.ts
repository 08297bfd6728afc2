import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const account = '123456789012';
export const region = 'eu-central-1';
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;

interface Stack {
  /** Its template, or where that was uploaded to. */
  template: string;
  status: 'REVIEW_IN_PROGRESS' | 'CREATE_COMPLETE';
}

/** An AWS account that has nothing yet, for CDK's own command: it takes files and makes stacks of them, by name only. */
export class AwsAccount {
  readonly stacks = new Map<string, Stack>();
  /** What was uploaded, by its path: /bucket/key. */
  readonly files = new Set<string>();
  url = '';
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));

  async start(): Promise<this> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    // The version of CDK's bootstrap stack is all that is asked of SSM.
    if (request.headers['x-amz-target']) return void response.end('{"Parameter":{"Value":"31"}}');
    if (!request.headers['content-type']?.includes('x-www-form-urlencoded')) return this.store(request, response);
    const asked = new URLSearchParams(body);
    const action = asked.get('Action') ?? '';
    const result = this.answer(action, asked);
    if (result !== undefined)
      return void response.end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
    const message = `Stack with id ${asked.get('StackName')} does not exist`;
    response
      .writeHead(400)
      .end(`<ErrorResponse><Error><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`);
  }

  /** S3: an empty bucket that takes files. */
  private store({ method, url = '' }: IncomingMessage, response: ServerResponse): void {
    if (method === 'PUT') this.files.add(url.replace(/\?.*/, ''));
    const algorithm = '<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>';
    const asked = Object.entries({
      '?encryption': `<C><Rule>${algorithm}</ApplyServerSideEncryptionByDefault></Rule></C>`,
      '?location': `<LocationConstraint>${region}</LocationConstraint>`,
    }).find(([query]) => url.includes(query));
    response.end(asked?.[1] ?? '<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>');
  }

  /** STS and CloudFormation. Undefined for a stack that isn't there. */
  private answer(action: string, asked: URLSearchParams): string | undefined {
    const name = asked.get('StackName')?.replace(/^.*:stack\/(.*)\/.*$/, '$1') ?? '';
    const stack = this.stacks.get(name);
    const id = `<StackId>${arn('cloudformation', `stack/${name}/1`)}</StackId>`;
    const changes = '<Changes><member><Type>Resource</Type></member></Changes>';
    switch (action) {
      case 'GetCallerIdentity':
        return `<Account>${account}</Account><Arn>${arn('iam', 'user/operator')}</Arn>`;
      case 'AssumeRole':
        return '<Credentials><AccessKeyId>a</AccessKeyId><SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken></Credentials>';
      case 'DescribeStacks':
        return (
          stack &&
          `<Stacks><member><StackName>${name}</StackName>${id}<StackStatus>${stack.status}</StackStatus></member></Stacks>`
        );
      case 'CreateChangeSet':
        this.stacks.set(name, {
          template: asked.get('TemplateURL') ?? asked.get('TemplateBody') ?? '',
          status: 'REVIEW_IN_PROGRESS',
        });
        return `<Id>${arn('cloudformation', 'changeSet/c/1')}</Id>${id}`;
      case 'DescribeChangeSet':
        return `<ChangeSetId>${arn('cloudformation', 'changeSet/c/1')}</ChangeSetId>${id}<Status>CREATE_COMPLETE</Status>${changes}`;
      case 'ExecuteChangeSet':
        if (stack) stack.status = 'CREATE_COMPLETE';
        return '';
      default:
        return '';
    }
  }
}
