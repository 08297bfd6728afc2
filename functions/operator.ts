import { operatorApi } from '#shared/lambda/operator-api.ts';
import * as audit from '#shared/operator/audit.ts';
import * as chats from '#shared/operator/chats.ts';
import { erase } from '#shared/operator/erase.ts';
import * as people from '#shared/operator/people.ts';
import { removeMessage } from '#shared/operator/remove-message.ts';
import * as reports from '#shared/operator/reports.ts';

/** What operators can do, at `POST /operator/{command}` and only with AWS credentials: docs/operate.md. */
export const handler = operatorApi({
  reports: reports.list,
  report: reports.show,
  close: reports.close,
  'remove-message': removeMessage,
  user: people.show,
  suspend: people.suspend,
  unsuspend: people.unsuspend,
  export: people.exportAll,
  erase,
  'lock-chat': chats.lock,
  'unlock-chat': chats.unlock,
  announce: chats.announce,
  audit: audit.list,
});
