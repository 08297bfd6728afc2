import { useState } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { EmojiPicker } from '../../emoji/emoji-picker.tsx';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';

/** The first reactions that a menu offers. */
const usualEmojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

interface PickerProps {
  message: Message;
  open: OpenChat;
  onPick(emoji: string): void;
}

/** A few emojis to react with, and on demand all of them. */
export function ReactionPicker({ message, open, onPick }: PickerProps) {
  const { texts } = useApp();
  const [all, setAll] = useState(false);
  if (all) return <EmojiPicker onPick={onPick} />;
  return (
    <div class="few-emojis">
      {usualEmojis.map((emoji) => (
        <Button key={emoji} aria-pressed={open.reactions.isMine(message, emoji)} onPress={() => onPick(emoji)}>
          {emoji}
        </Button>
      ))}
      <Button aria-label={texts.message.moreEmojis} onPress={() => setAll(true)}>
        <Icon name="plus" />
      </Button>
    </div>
  );
}
