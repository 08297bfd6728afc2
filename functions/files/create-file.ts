import { createFile } from '#shared/contract/files/create-file.ts';
import { announceFile } from '#shared/files/announce.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(createFile, ({ userId, body }) => announceFile(userId, body));
