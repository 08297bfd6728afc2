import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Message, Reaction } from '#shared/contract/chats/message.ts';
import { readersOf } from '../../../state/open/reading.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import type { AppContext } from '../../context.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Button } from '../../parts/controls.tsx';
import { showDialog } from '../../parts/sheets/dialog.tsx';
import { wordsFor } from '../../problem-text.ts';

interface Target {
  message: Message;
  open: OpenChat;
  app: AppContext;
}

/** Shows who has reacted to a message and, of the user's own, who has read it. */
export const showMessageInfo = (target: Target) =>
  showDialog((onClose) => <InfoDialog {...target} onClose={() => onClose(false)} />);

function InfoDialog({ message, open, app, onClose }: Target & { onClose(): void }) {
  const { texts } = app;
  const dialog = useRef<HTMLDialogElement>(null);
  const [reactions, setReactions] = useState<readonly Reaction[]>(message.reactions ?? []);
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const complain = (error: unknown) => app.notify(wordsFor(error));
    // The message names only the first ones, and nobody's name may be known yet.
    if (message.reactions?.length) open.reactions.list(message.id).then(setReactions, complain);
    open.members.loadAll(open.chat).then(() => rerender(0), complain);
  }, [app, open, message]);
  const reacted = reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => ({ userId, emoji })));
  const readers = message.userId === open.userId ? readersOf(open, message.seq) : [];
  return (
    <dialog ref={dialog} class="message-info" aria-label={texts.chat.messageInfo} onClose={onClose}>
      <h2>{texts.chat.messageInfo}</h2>
      {reacted.length > 0 && <People title={texts.chat.reacted} people={reacted} open={open} app={app} />}
      {readers.length > 0 && (
        <People title={texts.chat.readBy} people={readers.map((userId) => ({ userId }))} open={open} app={app} />
      )}
      {reacted.length + readers.length === 0 && <p>{texts.chat.nobodyYet}</p>}
      <div class="buttons">
        <Button onPress={() => dialog.current?.close()}>{texts.close}</Button>
      </div>
    </dialog>
  );
}

interface PeopleProps extends Omit<Target, 'message'> {
  title: string;
  people: readonly { userId: string; emoji?: string }[];
}

const People = ({ title, people, open, app: { texts } }: PeopleProps) => (
  <section>
    <h3>{`${title} · ${people.length}`}</h3>
    <ul aria-label={title}>
      {people.map(({ userId, emoji = '' }) => {
        const name = userId === open.userId ? texts.people.you : (open.nameOf(userId) ?? texts.people.somebody);
        return (
          <li key={emoji + userId}>
            <Avatar id={userId} name={name} url={open.members.avatarOf(userId)} />
            <span dir="auto">{name}</span>
            {emoji}
          </li>
        );
      })}
    </ul>
  </section>
);
