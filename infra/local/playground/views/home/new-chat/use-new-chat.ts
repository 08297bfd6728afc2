import { findPerson } from '../../../client/rest/find-person.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import { openWhenKnown } from '../../address.ts';
import { useApp } from '../../context.ts';
import { askForLine } from '../../parts/sheets/dialog.tsx';
import { askForGroup } from './group-dialog.tsx';

/** The ways to a new chat. Each asks, goes on with what was typed, and opens the chat that results. */
export function useNewChat(store: ChatStore) {
  const { api, texts } = useApp();
  const openFrom = (label: string, verb: string, find: (line: string) => Promise<string | undefined>) => {
    const act = async (line: string) =>
      (await openWhenKnown(store, () => find(line))) === undefined ? texts.home.nobodyFound : undefined;
    return askForLine({ label, verb, texts, act });
  };
  return {
    createGroup: () => askForGroup({ api, texts, store }),
    openDirect: () =>
      openFrom(texts.home.directHint, texts.home.openChat, async (contact) => {
        const person = await findPerson(api, contact);
        return person && (await api.openDirect(person.id)).chat.id;
      }),
    join: () =>
      openFrom(
        texts.home.inviteCode,
        texts.home.joinGroup,
        async (inviteCode) => (await api.joinGroup(inviteCode)).group.id,
      ),
  };
}
