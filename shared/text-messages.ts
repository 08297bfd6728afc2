import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { settings } from './settings.ts';

const client = new PinpointSMSVoiceV2Client({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

/** Sends a text message with AWS End User Messaging; on a laptop the runner receives and prints it. */
export async function sendTextMessage(phone: string, text: string): Promise<void> {
  await client.send(
    new SendTextMessageCommand({
      DestinationPhoneNumber: phone,
      MessageBody: text,
      MessageType: 'TRANSACTIONAL',
      OriginationIdentity: settings.smsOrigin(),
    }),
  );
}
