export * from './ask-assistant.ts';
export * from './list-suggestions.ts';
export * from './problems.ts';
