import type { ChatStore } from '../../../state/chat-store.ts';
import { useApp } from '../../context.ts';
import { Icon } from '../../parts/icon.tsx';
import { useNewChat } from './use-new-chat.ts';

/** The ways to a new chat, each with what it is for. */
export function StartButtons({ store }: { store: ChatStore }) {
  const { texts } = useApp();
  const { home } = texts;
  const { createGroup, openDirect, join } = useNewChat(store);
  const ways = [
    { icon: 'group', label: texts.home.newGroup, hint: home.groupHint, start: createGroup },
    { icon: 'person', label: texts.home.direct, hint: home.writeTo, start: openDirect },
    { icon: 'key', label: texts.home.join, hint: home.joinHint, start: join },
  ] as const;
  return ways.map(({ icon, label, hint, start }) => (
    <button key={icon} type="button" onClick={() => void start()}>
      <Icon name={icon} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </button>
  ));
}
