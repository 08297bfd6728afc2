import { getAsyncapi } from '#shared/contract/docs/get-asyncapi.ts';
import { staticJson } from '#shared/lambda/static-json.ts';
import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };

export const handler = staticJson(getAsyncapi, asyncapi);
