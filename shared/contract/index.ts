import * as ai from './ai.ts';
import * as auth from './auth.ts';
import * as chats from './chats.ts';
import * as docs from './docs.ts';
import type { Endpoint } from './endpoint.ts';
import * as google from './google.ts';
import * as groups from './groups.ts';
import { checkHealth } from './health.ts';
import * as messages from './messages.ts';
import * as users from './users.ts';

/** Every REST endpoint. To add one: an entry here, its file in `functions/`, its grants in `infra/grants.ts`. */
export const endpoints: readonly Endpoint[] = [
  checkHealth,
  auth.register,
  auth.login,
  auth.sendCode,
  auth.refresh,
  auth.logout,
  auth.listSessions,
  auth.endSession,
  auth.changePassword,
  auth.createTicket,
  users.getMe,
  users.updateMe,
  users.deleteMe,
  users.exportMe,
  users.linkPhone,
  users.linkEmail,
  users.findUsers,
  users.blockUser,
  users.unblockUser,
  users.listBlocks,
  chats.listChats,
  chats.openDirect,
  messages.listMessages,
  messages.sendMessage,
  chats.markRead,
  chats.listReads,
  chats.reportMessage,
  groups.createGroup,
  groups.joinGroup,
  groups.getGroup,
  groups.renameGroup,
  groups.addMembers,
  groups.removeMember,
  groups.setRole,
  groups.renewInvite,
  groups.revokeInvite,
  ai.askAssistant,
  ai.listSuggestions,
  google.linkGoogle,
  google.unlinkGoogle,
  google.createMeeting,
  docs.getOpenapi,
  docs.getAsyncapi,
];
