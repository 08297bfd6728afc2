import { getAsyncapi } from '#shared/contract/docs/get-asyncapi.ts';
import { document } from '#shared/lambda/static-json.ts';
import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };

export const handler = document(getAsyncapi, asyncapi);
