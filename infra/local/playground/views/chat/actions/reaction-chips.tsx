import type { Message } from '#shared/contract/chats/message.ts';
import type { ShownReaction } from '../../../state/changes/shown-reactions.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { isolated } from '../../../texts/fill.ts';
import type { AppContext } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';

interface ChipsProps {
  message: Message;
  reactions: readonly ShownReaction[];
  open: OpenChat;
  app: AppContext;
}

/** The reactions to a message. Pressing one adds the user's own or removes it. */
export function ReactionChips({ message, reactions, open, app }: ChipsProps) {
  if (reactions.length === 0) return null;
  return (
    <div class="reactions">
      {reactions.map((reaction) => {
        const { emoji, count, mine } = reaction;
        const names = namesOf(reaction, open, app);
        return (
          <Button
            key={emoji}
            title={names}
            aria-label={`${emoji} ${count}: ${names}`}
            aria-pressed={mine}
            onPress={() => void app.attempt(() => open.reactions.toggle(message, emoji))}
          >
            {emoji} {count}
          </Button>
        );
      })}
    </div>
  );
}

/** The names of the people who reacted, as far as the message has them. */
function namesOf({ count, userIds }: ShownReaction, open: OpenChat, { texts }: AppContext): string {
  const names = userIds.map((id) =>
    id === open.userId ? texts.people.you : isolated(open.nameOf(id) ?? texts.people.somebody),
  );
  const others = count - userIds.length;
  return [...names, ...(others > 0 ? [texts.message.andOthers(others)] : [])].join(', ');
}
