import type { Texts } from '../en/index.ts';
import { chatRu } from './chat.ts';
import { commonRu } from './common.ts';
import { composerRu } from './composer.ts';
import { deliveryRu } from './delivery.ts';
import { emojisRu } from './emojis.ts';
import { roles, systemMessages, writing } from './events.ts';
import { filesRu } from './files.ts';
import { homeRu } from './home.ts';
import { infoRu } from './info.ts';
import { messageRu } from './message.ts';
import { peopleRu } from './people.ts';
import { problems, rules } from './problems.ts';
import { searchRu } from './search.ts';
import { settingsRu } from './settings.ts';
import { entryRu } from './sign-in.ts';

export const ru: Texts = {
  ...commonRu,
  chat: chatRu,
  composer: composerRu,
  delivery: deliveryRu,
  emojis: emojisRu,
  entry: entryRu,
  files: filesRu,
  home: homeRu,
  info: infoRu,
  message: messageRu,
  people: peopleRu,
  search: searchRu,
  settings: settingsRu,
  systemMessages,
  roles,
  writing,
  rules,
  problems,
};
