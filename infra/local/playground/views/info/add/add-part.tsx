import { useState } from 'preact/hooks';
import { isContact } from '../../../client/rest/find-person.ts';
import { backToPanel, fromHere } from '../../address.ts';
import { useApp } from '../../context.ts';
import { Button, into } from '../../parts/controls.tsx';
import { Section } from '../../parts/sheets/sheet.tsx';
import { InfoRow, Rows } from '../info-row.tsx';
import { copyInvite } from '../invite/invite-link.ts';
import type { Info } from '../target.ts';
import { CandidateRow } from './candidate-row.tsx';
import { type Candidate, fitting, knownPeople } from './candidates.ts';
import { useAdding } from './use-adding.ts';

/** Adds people to a group: those whom the user knows from direct chats, and others by their email or phone. */
export function AddPart({ open, store }: Info) {
  const app = useApp();
  const { texts, notify } = app;
  const [query, setQuery] = useState('');
  const thenGo = fromHere();
  const done = () => {
    notify(({ info }) => info.added);
    thenGo(() => backToPanel('info'));
  };
  const { found, chosen, refused, complaint, ...adding } = useAdding(open, done);
  const known = knownPeople(store.list.all ?? [], open.chat, open.userId);
  const shown = fitting(known, isContact(query) ? '' : query, found);
  const find = async (event: Event) => {
    event.preventDefault();
    if (isContact(query) && (await adding.find(query))) setQuery('');
  };
  const rows = (people: readonly Candidate[]) =>
    people.map((person) => (
      <CandidateRow
        key={person.id}
        person={person}
        isChosen={chosen.includes(person.id)}
        refusal={refused.get(person.id)}
        onToggle={() => adding.toggle(person.id)}
      />
    ));
  const { inviteCode } = open.chat;
  return (
    <>
      <form class="info-find" onSubmit={find}>
        <input
          type="search"
          autocomplete="off"
          aria-label={texts.info.whom}
          placeholder={texts.info.whom}
          value={query}
          onInput={into(setQuery)}
        />
        {isContact(query) && <button type="submit">{texts.info.find}</button>}
      </form>
      <p class="complaint" role="alert">
        {complaint}
      </p>
      {found.length > 0 && (
        <Section>
          <Rows>{rows(found)}</Rows>
        </Section>
      )}
      {shown.length > 0 && (
        <Section title={texts.info.knownPeople}>
          <Rows>{rows(shown)}</Rows>
        </Section>
      )}
      {known.length === 0 && found.length === 0 && <p class="empty">{texts.info.nobodyToAdd}</p>}
      {refused.size > 0 && inviteCode !== undefined && (
        <Section>
          <Rows>
            <InfoRow icon="link" label={texts.info.sendInvite} onPress={() => copyInvite(inviteCode, app)} />
          </Rows>
        </Section>
      )}
      {chosen.length > 0 && (
        <div class="info-foot">
          <Button class="primary" onPress={adding.add}>
            {texts.info.addChosen(chosen.length)}
          </Button>
        </div>
      )}
    </>
  );
}
