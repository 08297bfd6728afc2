import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';

export const getOpenapi = defineEndpoint({
  name: 'docs/get-openapi',
  method: 'GET',
  path: '/openapi.json',
  access: 'public',
  summary: 'Get the description of the REST endpoints, as OpenAPI',
  response: z.looseObject({
    openapi: z.string().check(z.describe('The version of OpenAPI that the document uses.')),
  }),
  problems: [],
});
