import { hasEnded, mayManage } from '../../../state/open/group-rights.ts';
import { openPanel } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Section } from '../../parts/sheets/sheet.tsx';
import { InfoRow, Rows } from '../info-row.tsx';
import { MemberRow } from '../members/member-row.tsx';
import type { Info } from '../target.ts';
import { leaveGroup } from './leaving.ts';

/** How many members the first part shows. The others have a part of their own. */
const shownFirst = 8;

/** The people in a group, and the way out of it. */
export function GroupRows({ open }: Info) {
  const app = useApp();
  const { texts } = app;
  const count = open.chat.participantIds.length;
  const members = open.members.listed(open.chat);
  if (hasEnded(open)) return null;
  return (
    <>
      <Section title={texts.info.participants(count)}>
        <Rows>
          {mayManage(open) && (
            <InfoRow
              id="info-add"
              icon="person-add"
              label={texts.info.add}
              leads
              onPress={() => openPanel('info/add')}
            />
          )}
          {members.slice(0, shownFirst).map((member) => (
            <MemberRow key={member.id} member={member} open={open} />
          ))}
          {members.length === 0 && <li class="empty">{texts.loading}</li>}
          {count > shownFirst && (
            <InfoRow
              id="info-members"
              icon="group"
              label={texts.info.allPeople}
              leads
              onPress={() => openPanel('info/members')}
            />
          )}
        </Rows>
      </Section>
      <Section>
        <Rows>
          <InfoRow icon="leave" label={texts.info.leave} isDangerous onPress={() => leaveGroup(open, app)} />
        </Rows>
      </Section>
    </>
  );
}
