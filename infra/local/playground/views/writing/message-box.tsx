import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { everyone, type Named } from '../../state/mentions.ts';
import type { OpenChat } from '../../state/open-chat.ts';
import { useApp } from '../context.ts';
import { MentionList, optionId } from './mention-list.tsx';
import { useMentions } from './use-mentions.ts';

interface BoxProps {
  box: RefObject<HTMLTextAreaElement | null>;
  open: OpenChat;
  label: string;
  isInvalid: boolean;
  /** The ids of the elements that describe the box. */
  describedBy: string;
  text: string;
  onText(text: string): void;
  /** Somebody was chosen from the list of members; their name is in the text. */
  onMention(named: Named): void;
  /** A key that is not for the list. */
  onKeyDown(event: KeyboardEvent): void;
}

/** A text field for a message, with a list of members after an `@`. */
export function MessageBox(props: BoxProps) {
  const { box, open, label, isInvalid, describedBy, text, onText, onMention, onKeyDown } = props;
  const { texts } = useApp();
  const listId = useId();
  const { members, chat } = open;
  const named = () => [
    ...members.othersIn(chat),
    ...(members.canMentionEveryone(chat) ? [{ id: everyone, name: texts.composer.everyone }] : []),
  ];
  // Without an answer, the list stays as it is.
  const load = () => void members.loadAll(chat).then(open.onChange, () => {});
  const onChoose = (changed: string, chosen: Named) => {
    onText(changed);
    onMention(chosen);
  };
  const { options, active, follow, close, choose, onKey } = useMentions({ box, named, load, onChoose });
  const listed =
    options.length > 0 ? { 'aria-controls': listId, 'aria-activedescendant': optionId(listId, active) } : {};
  return (
    <>
      <MentionList
        id={listId}
        options={options}
        active={active}
        avatarOf={(userId) => members.avatarOf(userId)}
        onChoose={choose}
      />
      <textarea
        ref={box}
        rows={1}
        enterkeyhint="send"
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...listed}
        placeholder={label}
        value={text}
        onInput={({ currentTarget }) => {
          onText(currentTarget.value);
          follow();
        }}
        onSelect={follow}
        onBlur={close}
        onKeyDown={(event) => onKey(event) || onKeyDown(event)}
      />
    </>
  );
}
