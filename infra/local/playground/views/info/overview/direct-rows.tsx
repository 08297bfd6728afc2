import { useApp } from '../../context.ts';
import { Section } from '../../parts/sheets/sheet.tsx';
import { InfoRow, Rows } from '../info-row.tsx';
import { CommonGroups } from '../person/common-groups.tsx';
import { PersonRows } from '../person/person-rows.tsx';
import type { Info } from '../target.ts';
import { hideChat } from './leaving.ts';

/** The other person of a direct chat, and a way to remove it from the list. */
export function DirectRows(info: Info) {
  const app = useApp();
  const { texts } = app;
  const { open, store } = info;
  const { participantIds, name, userDeleted } = open.chat;
  const other = participantIds.find((id) => id !== open.userId);
  const person = userDeleted || other === undefined ? undefined : { id: other, name };
  return (
    <>
      {person && <CommonGroups {...info} personId={person.id} />}
      <Section>
        <Rows>
          {person && <PersonRows open={open} store={store} person={person} />}
          <InfoRow icon="bin" label={texts.info.hide} isDangerous onPress={() => hideChat(open, app)} />
        </Rows>
      </Section>
    </>
  );
}
