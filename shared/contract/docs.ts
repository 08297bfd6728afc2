import * as z from 'zod/mini';
import { defineEndpoint } from './endpoint.ts';

export const getOpenapi = defineEndpoint({
  name: 'docs/get-openapi',
  method: 'GET',
  path: '/openapi.json',
  access: 'public',
  summary: 'Read what the REST endpoints take and give, as OpenAPI',
  response: z.looseObject({ openapi: z.string().check(z.describe('The version of OpenAPI that it is written in.')) }),
  problems: [],
});

export const getAsyncapi = defineEndpoint({
  name: 'docs/get-asyncapi',
  method: 'GET',
  path: '/asyncapi.json',
  access: 'public',
  summary: 'Read which frames a WebSocket takes and gives, as AsyncAPI',
  response: z.looseObject({ asyncapi: z.string().check(z.describe('The version of AsyncAPI that it is written in.')) }),
  problems: [],
});
