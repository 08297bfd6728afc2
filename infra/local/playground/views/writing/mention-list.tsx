import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Named } from '../../state/mentions.ts';
import { useApp } from '../context.ts';
import { Avatar } from '../parts/avatar.tsx';
import { isEveryone } from './mention-query.ts';

interface ListProps {
  id: string;
  options: readonly Named[];
  active: number;
  avatarOf(userId: string): string | undefined;
  onChoose(named: Named): void;
}

export const optionId = (listId: string, n: number): string => `${listId}-${n}`;

/** The members whose names begin with what was typed after an `@`. The message box keeps the focus. */
export function MentionList({ id, options, active, avatarOf, onChoose }: ListProps) {
  const { texts } = useApp();
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <>
      <span class="unseen" role="status">
        {options.length > 0 && texts.composer.found(options.length)}
      </span>
      {options.length > 0 && (
        <div ref={list} id={id} class="members" role="listbox" aria-label={texts.composer.members}>
          {options.map((named, n) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the message box handles the keys
            <div
              key={named.id}
              id={optionId(id, n)}
              role="option"
              tabIndex={-1}
              aria-selected={n === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(named)}
            >
              <Avatar id={named.id} name={isEveryone(named) ? '@' : named.name} url={avatarOf(named.id)} />
              <span>{named.name}</span>
              {isEveryone(named) && <small>{texts.composer.allParticipants}</small>}
            </div>
          ))}
        </div>
      )}
    </>
  );
}
