import { type AwsError, callAws } from '#shared/platform/aws/call.ts';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';

/**
 * Sends a text message with AWS End User Messaging; on a laptop the runner receives and prints it. A message that the
 * phone's owner or the operator has ruled out is only logged, because nobody should learn that about somebody else's phone.
 */
export async function sendTextMessage(phone: string, text: string): Promise<void> {
  const message = {
    DestinationPhoneNumber: phone,
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    OriginationIdentity: settings.smsOrigin(),
  };
  try {
    await callAws('sms-voice', 'SendTextMessage', message, { timeoutMs: 3000 });
  } catch (error) {
    const { name, reason } = error as Partial<AwsError>;
    if (name !== 'ConflictException') throw error;
    log.warn('text message refused', { reason });
  }
}
