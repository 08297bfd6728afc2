import { type AwsError, callAws } from '#shared/platform/aws/call.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/** The reasons that concern the phone alone: its owner or the operator wants no messages sent to it. */
const suppressed = new Set([
  'DESTINATION_PHONE_NUMBER_OPTED_OUT',
  'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
]);

/**
 * Sends a text message with AWS End User Messaging; on a laptop the runner receives and prints it. A phone that gets no
 * messages looks like any other, because nobody should learn that about somebody else's phone. Throws `unavailable` if no
 * message can be sent: AWS is down, or the account is not ready for this country.
 */
export async function sendTextMessage(phone: string, text: string): Promise<void> {
  const message = {
    DestinationPhoneNumber: phone,
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    OriginationIdentity: settings.smsOrigin(),
  };
  try {
    await callAws('sms-voice', 'SendTextMessage', message, { timeoutMs: 3000, once: true });
    countMetric('CodesSent');
  } catch (error) {
    const { name, reason = '', status = 500 } = error as Partial<AwsError>;
    if (suppressed.has(reason)) return log.warn('text message refused', { reason });
    countMetric('CodesFailed');
    // Not the service's own text, which may contain the phone.
    const cause = new Error(`No text message could be sent: ${name} ${reason}`.trim());
    const detail = 'The code could not be sent. Try again later.';
    // After a 5xx, or without an answer, AWS may have sent the message nevertheless.
    throw new Problem('unavailable', { detail, retryAfter: 60, cause, nothingDone: status < 500 });
  }
}
