import type { Signer } from './signed-fetch.ts';

/** The API on which the commands act. */
export interface Target {
  url: URL;
  signer: Signer;
  /** What the operator reads before anything happens: "chat-prod in eu-central-1 as arn:...". */
  label: string;
}
