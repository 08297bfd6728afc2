/**
 * What the functions count, for the dashboard and the alarms. Each metric costs $0.30 a month, so those that AWS already
 * provides (requests, latency, errors, throttles) are not here.
 */
export const metricNames = [
  /** Stored messages of people and of the assistant. */
  'Messages',
  /** Frames that API Gateway accepted for a connection of a chat. */
  'Deliveries',
  /** Posts that were retried. */
  'DeliveryRetries',
  /** Open connections that did not get a frame. Their clients notice the missing number. */
  'DeliveriesGivenUp',
  /** Connections that turned out to be closed. */
  'ConnectionsGone',
  /** Pushes that Firebase accepted for a device. */
  'Pushes',
  /** Pushes that Firebase refused: the log has them by cause. */
  'PushesRefused',
  /** Pushes that nobody gets: not enqueued, without a key, or not accepted after all retries. */
  'PushesLost',
  'Logins',
  /** Logins with a wrong password or code, and logins refused by a limit. */
  'LoginsRefused',
  /** Text messages with a code. */
  'CodesSent',
  /** Codes that could not be sent: the text message failed. */
  'CodesFailed',
  /** Tokens of questions and answers together, as the provider counts them. */
  'AssistantTokens',
  'ReportedMessages',
  /** Messages whose reports have been open for more than a day, counted every hour. */
  'OverdueReports',
  /** Failures without a status that API Gateway could count: frames that fail, and deliveries that cannot start. */
  'Faults',
] as const;

export type Metric = (typeof metricNames)[number];

/** What the functions measure, in seconds. */
export const timeMetricNames = [
  /** From a message to its push, including the 8 seconds that people have to read it. */
  'PushSeconds',
] as const;

export type TimeMetric = (typeof timeMetricNames)[number];
