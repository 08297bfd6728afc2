import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The stack and the log of a stage, as CloudFormation and CloudWatch Logs show them: lines that a runner has written. */
export class LogStandIn {
  url = '';
  private readonly lines: readonly string[];
  private readonly server: Server = createServer(async (asked, response) => {
    const body = await text(asked);
    if (asked.headers['x-amz-target']?.toString().endsWith('.FilterLogEvents'))
      return void response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ events: this.eventsFor(JSON.parse(body)) }));
    const name = new URLSearchParams(body).get('StackName');
    response.writeHead(name === 'chat-prod' ? 200 : 400, { 'content-type': 'text/xml' }).end(stackNamed(name));
  });

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  async start(): Promise<this> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Knows only patterns of fields that have a text. */
  private eventsFor({ logGroupName, filterPattern }: { logGroupName: string; filterPattern: string }): object[] {
    if (logGroupName !== 'the log') return [];
    const wanted = Array.from(
      filterPattern.matchAll(/\$\.(\w+) = ("[^"]*")/g),
      ([, field, value]) => `"${field}":${value}`,
    );
    return this.lines.filter((line) => wanted.every((part) => line.includes(part))).map((message) => ({ message }));
  }
}

const outputs = { LogGroup: 'the log', PushDeadLettersUrl: 'https://sqs.eu-central-1.amazonaws.com/1/dead' };

function stackNamed(name: string | null): string {
  if (name !== 'chat-prod')
    return `<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`;
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stack = `<StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs>`;
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
