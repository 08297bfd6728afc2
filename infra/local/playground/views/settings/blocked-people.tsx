import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { listBlocks } from '#shared/contract/users/list-blocks.ts';
import { unblock } from '../../state/blocking.ts';
import { useApp } from '../context.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/controls.tsx';
import { focusSheet } from '../parts/sheets/sheet.tsx';
import type { PartProps } from './part-props.ts';
import { Hint } from './parts/rows.tsx';
import { Waiting } from './parts/waiting.tsx';
import { useLoaded } from './use-loaded.ts';

type Blocked = ResponseOf<typeof listBlocks>['users'][number];

/** The people whom the user has blocked. */
export function BlockedPeople({ store }: PartProps) {
  const { api, texts, attempt, notify } = useApp();
  const { settings } = texts;
  const { answer, failed, load } = useLoaded(api.users.listBlocks);
  const nameOf = ({ userDeleted, name }: Blocked) => (userDeleted ? texts.people.deletedUser : name);
  const end = (person: Blocked) =>
    attempt(async () => {
      await unblock(store, person.id);
      await load();
      focusSheet();
      notify((words) => words.settings.unblocked(nameOf(person)));
    });
  if (!answer) return <Waiting failed={failed} load={load} />;
  return (
    <>
      <Hint>{answer.users.length === 0 ? settings.nobodyBlocked : settings.blockedHint}</Hint>
      <ul>
        {answer.users.map((person) => (
          <li key={person.id} class="sheet-row">
            <Avatar id={person.id} name={nameOf(person)} url={person.avatarUrl} />
            <span class="about">
              {nameOf(person)}
              <small>{settings.blockedOn(texts.date(new Date(person.blockedAt)))}</small>
            </span>
            <Button aria-label={settings.unblockPerson(nameOf(person))} onPress={() => end(person)}>
              {settings.unblock}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
