/**
 * What the functions count, for the dashboard and the alarms. What AWS counts anyway is not here (requests, latency,
 * errors, throttles): each of these costs $0.30 a month.
 */
export const metricNames = [
  /** Stored messages of people and of the assistant. */
  'Messages',
  /** Frames that API Gateway took for a connection of a chat. */
  'Deliveries',
  /** Posts that were tried again. */
  'DeliveryRetries',
  /** Connections that did not get a frame and are not gone: their readers find it by its number. */
  'DeliveriesGivenUp',
  /** Connections that turned out to be closed. */
  'ConnectionsGone',
  'Logins',
  /** Logins with a wrong password or code, and those that came too often. */
  'LoginsRefused',
  /** Text messages with a code. */
  'CodesSent',
  /** Of questions and answers together, as the provider counts them. */
  'AssistantTokens',
  'ReportedMessages',
  /** What broke and shows in no status that API Gateway could count: a frame, or a delivery that could not begin. */
  'Faults',
] as const;

export type Metric = (typeof metricNames)[number];
