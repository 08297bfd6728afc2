import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';

export const getAsyncapi = defineEndpoint({
  name: 'docs/get-asyncapi',
  method: 'GET',
  path: '/asyncapi.json',
  access: 'public',
  summary: 'Get the description of the WebSocket frames, as AsyncAPI',
  response: z.looseObject({
    asyncapi: z.string().check(z.describe('The version of AsyncAPI that the document uses.')),
  }),
  problems: [],
});
