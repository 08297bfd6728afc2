import { useRef, useState } from 'preact/hooks';
import type { FieldError } from '#shared/contract/problem.ts';
import { newId } from '../../../client/new-id.ts';
import type { Api } from '../../../client/rest/api.ts';
import { ApiProblem } from '../../../client/rest/api-problem.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { isolated } from '../../../texts/fill.ts';
import { openWhenKnown } from '../../address.ts';
import { into } from '../../parts/controls.tsx';
import { Field } from '../../parts/fields/field.tsx';
import { FormDialog, showDialog } from '../../parts/sheets/dialog.tsx';
import { fieldText } from '../../problem-text.ts';
import { PeoplePicker, type Person } from './people-picker.tsx';

interface GroupQuestion {
  api: Api;
  texts: Texts;
  store: ChatStore;
}

/** Asks for the name and the people of a new group, creates it and opens it. */
export const askForGroup = (question: GroupQuestion) =>
  showDialog((onClose) => <GroupDialog {...question} onClose={onClose} />);

function GroupDialog({ api, texts, store, onClose }: GroupQuestion & { onClose(done: boolean): void }) {
  const [name, setName] = useState('');
  const [people, setPeople] = useState<readonly Person[]>([]);
  /** One dialog creates one group with the same name and people, however often it is sent. */
  const tried = useRef({ what: '', clientId: '' });
  const create = async () => {
    const ids = people.map(({ id }) => id);
    const what = JSON.stringify([name, ids]);
    if (what !== tried.current.what) tried.current = { what, clientId: newId() };
    try {
      const { clientId } = tried.current;
      await openWhenKnown(store, async () => (await api.createGroup(name, clientId, ids)).group.id);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.errors.length === 0) throw error;
      return error.errors.map((one) => complaintOf(one, people, texts)).join(' ');
    }
  };
  return (
    <FormDialog label={texts.home.newGroup} verb={texts.create} texts={texts} act={create} onClose={onClose}>
      <Field label={texts.home.groupName} value={name} required autocomplete="off" onInput={into(setName)} />
      <PeoplePicker api={api} texts={texts} store={store} people={people} onChange={setPeople} />
    </FormDialog>
  );
}

/** Says who can't be added: the path of such an error is `participantIds.N`. */
function complaintOf(error: FieldError, people: readonly Person[], texts: Texts): string {
  const [field, position] = error.path.split('.');
  const person = field === 'participantIds' ? people[Number(position)] : undefined;
  return person ? `${isolated(person.name)}: ${fieldText(texts, error)}` : fieldText(texts, error);
}
