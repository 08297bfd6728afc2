import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Roles } from './roles.ts';
import { anyPhoneNumberArn } from './template.ts';

/** Where the runner takes the text messages that AWS would send, and shows them: GET /_local/sms?phone=+79991234567 */
export const textMessagesPath = '/_local/sms';

/** AWS End User Messaging on a laptop: what is sent arrives here. */
export class TextMessages {
  private readonly received: { phone: string; text: string; sentAt: string }[] = [];
  private readonly tell: (line: string) => void;

  /** `tell` gets each message as it comes. */
  constructor(tell: (line: string) => void) {
    this.tell = tell;
  }

  /** The messages to a phone, newest first. */
  to(phone: string): { phone: string; text: string; sentAt: string }[] {
    return this.received.filter((message) => message.phone === phone).reverse();
  }

  /** GET shows a phone's messages to a developer, POST is the SDK's call. */
  async handle(request: IncomingMessage, response: ServerResponse, roles?: Roles): Promise<void> {
    if (request.method === 'GET') {
      // A plus in a query string means a space to the parser, and a plus to who types it.
      const phone = new URL(request.url ?? '', 'http://local').searchParams.get('phone') ?? '';
      return answer(response, 200, { messages: this.to(`+${phone.replace(/[^\d]/g, '')}`) });
    }
    const { DestinationPhoneNumber, MessageBody, OriginationIdentity } = JSON.parse(await text(request));
    const resource = OriginationIdentity ?? anyPhoneNumberArn;
    const refusal = roles?.refusal(request.headers.authorization, [{ action: 'sms-voice:SendTextMessage', resource }]);
    if (refusal) return answer(response, 400, { __type: 'AccessDeniedException', Message: refusal });
    this.received.push({ phone: DestinationPhoneNumber, text: MessageBody, sentAt: new Date().toISOString() });
    this.tell(`\x1b[1mText message to ${DestinationPhoneNumber}: ${MessageBody}\x1b[0m`);
    answer(response, 200, { MessageId: `local-${this.received.length}` });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
