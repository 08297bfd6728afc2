import type { ChatStore } from '../../state/chat-store.ts';
import type { Me, Profile } from '../../state/me.ts';

/** What each part of the settings gets. */
export interface PartProps {
  store: ChatStore;
  me: Me;
  profile: Profile;
}
