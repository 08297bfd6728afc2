import { useEffect } from 'preact/hooks';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import type { ChatSearch } from '../../state/search/chat-search.ts';
import { useApp } from '../context.ts';
import { chatName } from '../message-words.ts';
import { Select } from '../parts/fields/select.tsx';

/** Limits a search to the messages of one author. Whoever has left the chat is not in the list. */
export function AuthorSelect({ open, search }: { open: OpenChat; search: ChatSearch }) {
  const { texts } = useApp();
  const { members, chat } = open;
  useEffect(() => {
    // Those that could not be loaded are missing until the search is opened again.
    members.loadAll(chat).then(open.onChange, () => {});
  }, [members]);
  const authors = [
    { value: '', label: texts.search.anybody },
    { value: open.userId, label: texts.people.you },
    ...members
      .othersIn(chat)
      .map(({ id, name }) => ({ value: id, label: chat.type === 'direct' ? chatName(chat, texts) : name })),
    { value: assistantId, label: texts.people.assistant },
  ];
  return (
    <Select
      label={texts.search.author}
      value={search.author ?? ''}
      options={authors}
      onChoose={(id) => void search.searchBy(id || undefined)}
    />
  );
}
