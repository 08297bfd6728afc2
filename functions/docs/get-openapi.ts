import openapi from '../../docs/openapi.json' with { type: 'json' };
import { getOpenapi } from '../../shared/contract/docs.ts';
import { document } from '../../shared/document.ts';

export const handler = document(getOpenapi, openapi);
