export * from './connect.ts';
export * from './error.ts';
export * from './live.ts';
export * from './message.ts';
export * from './ping.ts';
export * from './routes.ts';
export * from './sync.ts';
