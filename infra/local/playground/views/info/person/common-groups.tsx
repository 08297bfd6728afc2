import { chatAddress } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Section } from '../../parts/sheets/sheet.tsx';
import { Rows } from '../info-row.tsx';
import type { Info } from '../target.ts';

/** The other groups of the user that the person is in, as far as the list is loaded. */
export function CommonGroups({ open, store, personId }: Info & { personId: string }) {
  const { texts } = useApp();
  const groups = (store.list.all ?? []).filter(
    ({ id, type, participantIds }) => type === 'group' && id !== open.chat.id && participantIds.includes(personId),
  );
  if (groups.length === 0) return null;
  return (
    <Section title={texts.info.commonGroups}>
      <Rows>
        {groups.map(({ id, name, pictureUrl, participantIds }) => (
          <li key={id} class="member">
            <a class="sheet-row" href={chatAddress(id)}>
              <Avatar id={id} name={name} url={pictureUrl} />
              <span class="about">
                <span dir="auto">{name}</span>
                <small>{texts.info.participants(participantIds.length)}</small>
              </span>
            </a>
          </li>
        ))}
      </Rows>
    </Section>
  );
}
