import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };
import { getAsyncapi } from '../../shared/contract/docs.ts';
import { document } from '../../shared/document.ts';

export const handler = document(getAsyncapi, asyncapi);
