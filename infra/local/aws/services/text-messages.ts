import type { IncomingMessage, ServerResponse } from 'node:http';
import { styleText } from 'node:util';
import * as z from 'zod/mini';
import { phone as phoneField } from '#shared/contract/fields/index.ts';
import { printable } from '../../console/printable.ts';
import { anyPhoneNumberArn } from '../cloudformation/arns.ts';
import { type Operation, operation } from './operation.ts';

/** Where a developer reads the text messages that AWS would have sent: GET /_local/sms?phone=+79991234567 */
export const textMessagesPath = '/_local/sms';

interface TextMessage {
  phone: string;
  text: string;
  sentAt: string;
}

const sendTextMessage = z.object({
  OriginationIdentity: z.optional(z.string()),
  DestinationPhoneNumber: z.string(),
  MessageBody: z.string(),
});

/** AWS End User Messaging on a laptop: keeps the messages instead of sending them. */
export class TextMessages {
  private readonly received: TextMessage[] = [];
  private readonly say: (line: string) => void;

  /** `say` gets a line for each message. */
  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** The messages to a phone, newest first. */
  to(phone: string): TextMessage[] {
    return this.received.filter((message) => message.phone === phone).reverse();
  }

  readonly operations: Record<string, Operation> = {
    'PinpointSMSVoiceV2.SendTextMessage': operation(
      sendTextMessage,
      ({ OriginationIdentity }) => ({
        action: 'sms-voice:SendTextMessage',
        resource: OriginationIdentity ?? anyPhoneNumberArn,
      }),
      ({ DestinationPhoneNumber: phone, MessageBody: message }) => {
        this.received.push({ phone, text: message, sentAt: new Date().toISOString() });
        this.say(styleText('bold', printable(`Text message to ${phone}: ${message}`)));
        return { MessageId: `local-${this.received.length}` };
      },
    ),
  };

  /** Answers with a phone's messages. */
  show(request: IncomingMessage, response: ServerResponse): void {
    // A developer types "+79991234567", and in a query string a plus means a space.
    const typed = (new URL(request.url ?? '', 'http://local').searchParams.get('phone') ?? '').replace(/^ /, '+');
    const { data = `+${typed.replace(/[^\d]/g, '')}` } = z.safeParse(phoneField, typed);
    const sent = this.to(data);
    const messages = sent.map((message) => ({ ...message, code: /\d{6}/.exec(message.text)?.[0] }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ messages }));
  }
}
