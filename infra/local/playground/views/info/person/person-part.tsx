import { useEffect, useRef, useState } from 'preact/hooks';
import { hasEnded } from '../../../state/open/group-rights.ts';
import type { Member } from '../../../state/open/membership.ts';
import { mayWrite } from '../../../state/open/writing-rules.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { openWhenKnown } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Section } from '../../parts/sheets/sheet.tsx';
import { seenText } from '../../people-words.ts';
import { Rows } from '../info-row.tsx';
import { leaveSheet } from '../leave-sheet.ts';
import { Portrait } from '../portrait.tsx';
import { QuickAction } from '../quick-action.tsx';
import type { Info } from '../target.ts';
import { CommonGroups } from './common-groups.tsx';
import { personIn } from './person.ts';
import { PersonRows } from './person-rows.tsx';
import { RoleRows } from './role-rows.tsx';

/** Somebody in the chat, or somebody who was: what there is to know about them and to do. */
export function PersonPart({ personId, ...info }: Info & { personId: string }) {
  const { texts } = useApp();
  const { open } = info;
  const person = usePerson(info, personId);
  if (!person) return <p class="empty">{texts.loading}</p>;
  const isHere = open.chat.participantIds.includes(personId) && !hasEnded(open);
  return (
    <>
      <Portrait
        id={person.id}
        name={person.name}
        url={person.avatarUrl}
        about={aboutText(open, person, isHere, texts)}
      />
      <PersonActions {...info} person={person} isHere={isHere} />
      <CommonGroups {...info} personId={personId} />
      {open.chat.type === 'group' && isHere && <RoleRows {...info} person={person} />}
      <Section>
        <Rows>
          <PersonRows {...info} person={person} />
        </Rows>
      </Section>
    </>
  );
}

/** The person's role in the group and when they were last seen. */
function aboutText(
  { chat, details }: OpenChat,
  { id, role = 'member' }: Member,
  isHere: boolean,
  texts: Texts,
): string {
  if (chat.type === 'group' && !isHere) return texts.info.notHere;
  const user = details.presence.users.find(({ userId }) => userId === id);
  return [role === 'member' ? '' : texts.info.roles[role], seenText(user, Date.now(), texts)]
    .filter(Boolean)
    .join(', ');
}

/** Opens the direct chat, or mentions the person in this group. */
function PersonActions({ open, store, person, isHere }: Info & { person: Member; isHere: boolean }) {
  const { api, texts, attempt } = useApp();
  const write = () => attempt(() => openWhenKnown(store, async () => (await api.openDirect(person.id)).chat.id));
  const mention = () =>
    leaveSheet(() => {
      const { unsent } = open;
      open.write(`${unsent.text}${/\S$/.test(unsent.text) ? ' ' : ''}@${person.name} `);
      unsent.mention(person);
      document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus();
    });
  const isGroup = open.chat.type === 'group';
  return (
    <div class="quick-actions">
      {isGroup && <QuickAction icon="chat" label={texts.info.message} onPress={write} />}
      {isGroup && isHere && mayWrite(open) && (
        <QuickAction icon="mention" label={texts.info.mention} onPress={mention} />
      )}
    </div>
  );
}

/**
 * The person as the chat knows them, or did when the sheet opened: they may be removed meanwhile. The others the server
 * knows, if they share a chat with the user.
 */
function usePerson({ open }: Info, id: string): Member | undefined {
  const { api, attempt } = useApp();
  const [loaded, setLoaded] = useState<Member>();
  const known = useRef<Member>(undefined);
  known.current = personIn(open, id) ?? known.current;
  const isMissing = known.current === undefined;
  useEffect(() => {
    if (isMissing) void attempt(async () => setLoaded((await api.users.get(id)).user));
  }, [api, attempt, id, isMissing]);
  return known.current ?? loaded;
}
