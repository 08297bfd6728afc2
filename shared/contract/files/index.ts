export * from './attachment.ts';
export * from './create-file.ts';
