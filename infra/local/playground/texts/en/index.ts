import { chatEn } from './chat.ts';
import { commonEn } from './common.ts';
import { composerEn } from './composer.ts';
import { deliveryEn } from './delivery.ts';
import { emojisEn } from './emojis.ts';
import { roles, systemMessages, writing } from './events.ts';
import { filesEn } from './files.ts';
import { homeEn } from './home.ts';
import { infoEn } from './info.ts';
import { messageEn } from './message.ts';
import { peopleEn } from './people.ts';
import { problems, rules } from './problems.ts';
import { searchEn } from './search.ts';
import { settingsEn } from './settings.ts';
import { entryEn } from './sign-in.ts';

/** All texts of the page: the common ones by their names, the others by their subjects. */
export const en = {
  ...commonEn,
  chat: chatEn,
  composer: composerEn,
  delivery: deliveryEn,
  emojis: emojisEn,
  entry: entryEn,
  files: filesEn,
  home: homeEn,
  info: infoEn,
  message: messageEn,
  people: peopleEn,
  search: searchEn,
  settings: settingsEn,
  systemMessages,
  roles,
  writing,
  rules,
  /** The text for a problem code. A later version of the server may send others. */
  problems: problems as Record<string, string>,
};

/** Another language must have all of these texts. */
export type Texts = typeof en;
