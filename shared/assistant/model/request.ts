/** What the model is asked, as Chat Completions have it. */
export interface Question {
  messages: readonly { role: 'system' | 'user'; content: string }[];
  tools?: readonly object[];
  response_format?: object;
}

/** The body of a request. It holds nothing else: each parameter more is one that some server refuses. */
export interface Request extends Question {
  model: string;
  max_completion_tokens?: number;
  /** What `max_completion_tokens` was called before. */
  max_tokens?: number;
  stream?: boolean;
  stream_options?: { include_usage: boolean };
}
