import type { IncomingMessage, ServerResponse } from 'node:http';
import { styleText } from 'node:util';
import { anyPhoneNumberArn } from '../cloudformation/template.ts';
import type { Need } from '../iam/roles.ts';

/** Where a developer reads the text messages that AWS would send: GET /_local/sms?phone=+79991234567 */
export const textMessagesPath = '/_local/sms';

interface TextMessage {
  phone: string;
  text: string;
  sentAt: string;
}

/** AWS End User Messaging on a laptop: what is sent arrives here. */
export class TextMessages {
  private readonly received: TextMessage[] = [];
  private readonly tell: (line: string) => void;

  /** `tell` gets each message as it comes. */
  constructor(tell: (line: string) => void) {
    this.tell = tell;
  }

  /** The messages to a phone, newest first. */
  to(phone: string): TextMessage[] {
    return this.received.filter((message) => message.phone === phone).reverse();
  }

  /** The SDK's call. */
  readonly sending = {
    need: ({ OriginationIdentity }: { OriginationIdentity?: string }): Need => ({
      action: 'sms-voice:SendTextMessage',
      resource: OriginationIdentity ?? anyPhoneNumberArn,
    }),
    run: ({ DestinationPhoneNumber: phone, MessageBody }: { DestinationPhoneNumber: string; MessageBody: string }) => {
      this.received.push({ phone, text: MessageBody, sentAt: new Date().toISOString() });
      this.tell(styleText('bold', `Text message to ${phone}: ${MessageBody}`));
      return { MessageId: `local-${this.received.length}` };
    },
  };

  /** Shows a phone's messages. */
  show(request: IncomingMessage, response: ServerResponse): void {
    // A plus in a query string means a space to the parser, and a plus to who types it.
    const phone = new URL(request.url ?? '', 'http://local').searchParams.get('phone') ?? '';
    const sent = this.to(`+${phone.replace(/[^\d]/g, '')}`);
    const messages = sent.map((message) => ({ ...message, code: /\d{6}/.exec(message.text)?.[0] }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ messages }));
  }
}
