/** What an operator can switch off without deploying: docs/operate.md. `service` is everything, for maintenance. */
export const features = ['service', 'registration', 'assistant', 'textMessages'] as const;

export type Feature = (typeof features)[number];
