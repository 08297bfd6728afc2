import { getOpenapi } from '#shared/contract/docs/get-openapi.ts';
import { staticJson } from '#shared/lambda/static-json.ts';
import openapi from '../../docs/openapi.json' with { type: 'json' };

export const handler = staticJson(getOpenapi, openapi);
