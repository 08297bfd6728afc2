import { newId } from '../../client/new-id.ts';
import type { ChatStore } from '../../state/chat-store.ts';
import { chatAddress } from '../address.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { askForLine } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';

/** Each button asks for one line, which goes to the server as it was typed, and opens the chat that results. */
export function NewChatButtons({ store }: { store: ChatStore }) {
  const { api, texts } = useApp();
  const openFrom = (label: string, verb: string, find: (line: string) => Promise<string | undefined>) => {
    const act = async (line: string) => {
      const chatId = await find(line);
      if (chatId === undefined) return texts.nobodyFound;
      if (!store.closed) location.hash = chatAddress(chatId);
      return undefined;
    };
    return askForLine({ label, verb, texts, act });
  };
  /** One dialog creates one group with a name, however often it is sent. */
  const create = () => {
    let tried = { name: '', clientId: '' };
    return openFrom(texts.groupName, texts.create, async (name) => {
      if (name !== tried.name) tried = { name, clientId: newId() };
      return (await api.createGroup(name, tried.clientId)).group.id;
    });
  };
  const join = async (inviteCode: string) => (await api.joinGroup(inviteCode)).group.id;
  const openDirect = async (contact: string) => {
    // A keyboard for Chinese or Japanese types the sign @ in full width.
    const isEmail = contact.normalize('NFKC').includes('@');
    const { users } = await api.users.find(isEmail ? { emails: [contact] } : { phones: [contact] });
    return users[0] && (await api.openDirect(users[0].id)).chat.id;
  };
  return (
    <div class="buttons">
      <Button onPress={create}>
        <Icon name="group" />
        {texts.newGroup}
      </Button>
      <Button onPress={() => openFrom(texts.inviteCode, texts.joinGroup, join)}>
        <Icon name="key" />
        {texts.join}
      </Button>
      <Button onPress={() => openFrom(texts.directHint, texts.openChat, openDirect)}>
        <Icon name="person" />
        {texts.direct}
      </Button>
    </div>
  );
}
