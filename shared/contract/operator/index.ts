import { listAudit } from './audit.ts';
import { announce, lockChat, removeMessage, unlockChat } from './chats.ts';
import type { Command } from './command.ts';
import { eraseUser, exportUser, showUser, suspendUser, unsuspendUser } from './people.ts';
import { closeReport, listReports, showReport } from './reports.ts';

/** The one list of what the operator can do. */
export const operatorCommands = [
  listReports,
  showReport,
  closeReport,
  removeMessage,
  showUser,
  suspendUser,
  unsuspendUser,
  exportUser,
  eraseUser,
  lockChat,
  unlockChat,
  announce,
  listAudit,
] as const satisfies readonly Command[];

export type OperatorCommand = (typeof operatorCommands)[number];
