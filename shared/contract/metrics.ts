/**
 * What the functions count, for the dashboard and the alarms. What AWS counts by itself is not here (requests, latency,
 * errors, throttles), because each metric costs $0.30 a month.
 */
export const metricNames = [
  /** Stored messages of people and of the assistant. */
  'Messages',
  /** Frames that API Gateway accepted for a connection of a chat. */
  'Deliveries',
  /** Posts that were retried. */
  'DeliveryRetries',
  /** Open connections that did not get a frame: their clients notice the missing number. */
  'DeliveriesGivenUp',
  /** Connections that turned out to be closed. */
  'ConnectionsGone',
  'Logins',
  /** Logins with a wrong password or code, and those that came too often. */
  'LoginsRefused',
  /** Text messages with a code. */
  'CodesSent',
  /** Tokens of questions and answers together, as the provider counts them. */
  'AssistantTokens',
  'ReportedMessages',
  /** Failures that have no status for API Gateway to count: of a frame, or of a delivery that could not begin. */
  'Faults',
] as const;

export type Metric = (typeof metricNames)[number];
