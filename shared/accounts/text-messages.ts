import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';

const client = new PinpointSMSVoiceV2Client({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

/**
 * Sends a text message with AWS End User Messaging; on a laptop the runner receives and prints it. One that the phone's
 * owner or the operator has ruled out is only logged: nobody is to learn that of somebody else's phone.
 */
export async function sendTextMessage(phone: string, text: string): Promise<void> {
  const message = new SendTextMessageCommand({
    DestinationPhoneNumber: phone,
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    OriginationIdentity: settings.smsOrigin(),
  });
  try {
    await client.send(message);
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    log.warn('text message refused', { reason: error.Reason });
  }
}
