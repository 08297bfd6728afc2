export * from './get-asyncapi.ts';
export * from './get-openapi.ts';
