import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button, Form, SubmitButton } from '../../parts/controls.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { firstEmojis, moreEmojis, readEmoji } from './emojis.ts';

interface PickerProps {
  message: Message;
  open: OpenChat;
  onPick(emoji: string): void;
}

/** A few emojis to react with; on demand more of them, and a field for any other. */
export function ReactionPicker({ message, open, onPick }: PickerProps) {
  const { texts } = useApp();
  const [all, setAll] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // In place of the button that is gone.
    if (all) group.current?.querySelectorAll('button')[firstEmojis.length]?.focus();
  }, [all]);
  const emojis = all ? [...firstEmojis, ...moreEmojis] : firstEmojis;
  return (
    <div class="picker">
      <div ref={group} class="emojis">
        {emojis.map((emoji) => (
          <Button key={emoji} aria-pressed={open.reactions.isMine(message, emoji)} onPress={() => onPick(emoji)}>
            {emoji}
          </Button>
        ))}
        {!all && (
          <Button aria-label={texts.moreEmojis} onPress={() => setAll(true)}>
            <Icon name="plus" />
          </Button>
        )}
      </div>
      {all && <OtherEmoji onPick={onPick} />}
    </div>
  );
}

function OtherEmoji({ onPick }: { onPick(emoji: string): void }) {
  const { texts } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [complaint, setComplaint] = useState<string>();
  const send = () => {
    const emoji = readEmoji(form.current?.querySelector('input')?.value ?? '');
    if (emoji) onPick(emoji);
    else setComplaint(texts.rules.emoji);
  };
  return (
    <Form ref={form} onSend={send}>
      <Field label={texts.otherEmoji} complaint={complaint} autocomplete="off" maxLength={20} />
      <SubmitButton>{texts.react}</SubmitButton>
    </Form>
  );
}
