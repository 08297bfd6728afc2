export const problemsOfAssistant = [
  'assistant_not_configured',
  'assistant_budget_spent',
  'assistant_busy',
  'assistant_failed',
  'assistant_timeout',
  'too_many_requests',
] as const;
