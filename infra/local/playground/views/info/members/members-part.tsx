import { useEffect, useState } from 'preact/hooks';
import { isNamed } from '../../../state/search/named.ts';
import { useApp } from '../../context.ts';
import { Button, into } from '../../parts/controls.tsx';
import { Rows } from '../info-row.tsx';
import type { Info } from '../target.ts';
import { MemberRow } from './member-row.tsx';

/** Above this number of members the list has a search. */
const maxWithoutSearch = 20;

/** All members of a group, which are loaded page by page, and found by their names. */
export function MembersPart({ open }: Info) {
  const { texts, attempt } = useApp();
  const [query, setQuery] = useState('');
  const { chat, members } = open;
  const [failed, setFailed] = useState(false);
  const load = async () => {
    setFailed(false);
    setFailed(!(await attempt(() => members.loadAll(chat, open.onChange))));
    open.onChange();
  };
  useEffect(() => void load(), [open, chat.participantIds.length]);
  const listed = members.listed(chat);
  const found = listed.filter(({ name }) => isNamed(name, query));
  const isWhole = listed.length === chat.participantIds.length;
  return (
    <>
      {chat.participantIds.length > maxWithoutSearch && (
        <input
          type="search"
          class="info-search"
          autocomplete="off"
          aria-label={texts.info.findPerson}
          placeholder={texts.info.findPerson}
          value={query}
          onInput={into(setQuery)}
        />
      )}
      <p class="info-count" role="status">
        {query ? texts.composer.found(found.length) : texts.info.participants(chat.participantIds.length)}
      </p>
      <Rows>
        {found.map((member) => (
          <MemberRow key={member.id} member={member} open={open} />
        ))}
      </Rows>
      {isWhole && found.length === 0 && <p class="empty">{texts.info.nobodyNamed}</p>}
      {!isWhole && !failed && <p class="empty">{texts.info.notLoaded}</p>}
      {!isWhole && failed && <Button onPress={load}>{texts.settings.tryAgain}</Button>}
    </>
  );
}
