export * from './create-meeting.ts';
export * from './link-google.ts';
export * from './unlink-google.ts';
