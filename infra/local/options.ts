import type { SocketLimits } from './aws/api-gateway/socket-gateway.ts';
import type { Chaos } from './aws/chaos.ts';
import type { Context } from './aws/cloudformation/context.ts';
import type { Secrets } from './aws/services/secrets.ts';
import type { Scale } from './aws/sqs/queue.ts';
import type { Say } from './console/progress.ts';

export interface RunnerOptions {
  /** By default 127.0.0.1. */
  host?: string;
  /** The origin in the URLs of files; by default the runner's own, or the one at which phones in the network reach it. */
  publicUrl?: string | undefined;
  /** 0 picks a free port. */
  port: number;
  /** The stage and its settings, read at the start and at each reload. By default every setting but `push` has its default. */
  context?: () => Context;
  /** Where data is kept between runs. Without it, nothing is kept. */
  folder?: string | undefined;
  /** URL of a running DynamoDB Local. Without it, one is started. */
  dynamodb?: string | undefined;
  /** By default those in `folder`, or new ones. */
  secrets?: Secrets;
  /** By default those of AWS. */
  limits?: SocketLimits;
  /** The real Google or, at `rootUrl`, another stand-in. Without it, the runner's own stand-in answers. */
  google?: GoogleOptions | undefined;
  /** A real assistant. Without it, a stand-in answers. */
  openai?: OpenaiOptions | undefined;
  /** The real FCM or, at `rootUrl`, another stand-in. Without it, the runner's own stand-in answers. */
  fcm?: FcmOptions | undefined;
  /** Milliseconds for seconds of a queue's delays and visibility timeouts; by default 1,000, as on AWS. */
  queueDelay?: Scale | undefined;
  /** What goes wrong; by default nothing. */
  chaos?: Chaos | undefined;
  /** Interrupts the start. */
  signal?: AbortSignal;
  /** Gets a line for each step of the start and for each text message. */
  say?: Say;
  /** Gets the functions' log lines. */
  log: (text: string) => unknown;
}

export interface GoogleOptions {
  client: { googleClientId: string; googleClientSecret: string };
  rootUrl?: string | undefined;
}

export interface FcmOptions {
  /** The JSON of a Google service account; by default the one that the runner's own stand-in knows. */
  serviceAccount?: string;
  rootUrl?: string;
}

export interface OpenaiOptions {
  /** An empty key is one that the operator has not set. */
  apiKey: string;
  /** URL of an OpenAI-compatible server; the stage's by default. */
  baseUrl?: string | undefined;
  /** The stage's by default. */
  model?: string | undefined;
}
