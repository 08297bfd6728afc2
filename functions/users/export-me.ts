import { exportPage } from '#shared/accounts/export.ts';
import { parseCursor } from '#shared/accounts/export-cursor.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(exportMe, async ({ userId, query }) => exportPage(userId, parseCursor(query.cursor)));
