export const problemsOfAssistant = [
  'assistant_not_configured',
  'too_many_questions',
  'assistant_budget_spent',
  'assistant_busy',
  'assistant_failed',
  'assistant_timeout',
  'too_many_requests',
] as const;
