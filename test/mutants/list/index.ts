import type { Mutant } from '../mutant.ts';
import { access } from './access.ts';
import { catchingUp } from './catching-up.ts';
import { changes } from './changes.ts';
import { conditionsAccounts } from './conditions-accounts.ts';
import { conditionsChats } from './conditions-chats.ts';
import { conditionsGroups } from './conditions-groups.ts';
import { delivery } from './delivery.ts';
import { files } from './files.ts';
import { limits } from './limits.ts';
import { log } from './log.ts';
import { operator } from './operator.ts';
import { ownSettings } from './own-settings.ts';
import { passwords } from './passwords.ts';
import { posting } from './posting.ts';
import { push } from './push.ts';
import { reading } from './reading.ts';
import { requests } from './requests.ts';
import { search } from './search.ts';
import { secrets } from './secrets.ts';
import { sending } from './sending.ts';
import { services } from './services.ts';
import { sessions } from './sessions.ts';
import { sockets } from './sockets.ts';
import { template } from './template.ts';
import { words } from './words.ts';

/** All mutants, by subject. */
export const mutants: Mutant[] = [
  ...access,
  ...catchingUp,
  ...changes,
  ...conditionsAccounts,
  ...conditionsChats,
  ...conditionsGroups,
  ...delivery,
  ...files,
  ...limits,
  ...log,
  ...operator,
  ...ownSettings,
  ...passwords,
  ...posting,
  ...push,
  ...reading,
  ...requests,
  ...search,
  ...secrets,
  ...sending,
  ...services,
  ...sessions,
  ...sockets,
  ...template,
  ...words,
];
