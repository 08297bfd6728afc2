import { useRef, useState } from 'preact/hooks';
import { newId } from '../../../client/new-id.ts';
import type { Api } from '../../../client/rest/api.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { into } from '../../parts/controls.tsx';
import { FormDialog, showDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { PeoplePicker, type Person } from './people-picker.tsx';

interface GroupQuestion {
  api: Api;
  texts: Texts;
  store: ChatStore;
  onCreated(groupId: string): void;
}

/** Asks for the name and the people of a new group, and creates it. */
export const askForGroup = (question: GroupQuestion) =>
  showDialog((onClose) => <GroupDialog {...question} onClose={onClose} />);

function GroupDialog({ api, texts, store, onCreated, onClose }: GroupQuestion & { onClose(done: boolean): void }) {
  const [name, setName] = useState('');
  const [people, setPeople] = useState<readonly Person[]>([]);
  /** One dialog creates one group with the same name and people, however often it is sent. */
  const tried = useRef({ what: '', clientId: '' });
  const create = async () => {
    const ids = people.map(({ id }) => id);
    const what = JSON.stringify([name, ids]);
    if (what !== tried.current.what) tried.current = { what, clientId: newId() };
    onCreated((await api.createGroup(name, tried.current.clientId, ids)).group.id);
    return undefined;
  };
  return (
    <FormDialog label={texts.newGroup} verb={texts.create} texts={texts} act={create} onClose={onClose}>
      <Field label={texts.groupName} value={name} required autocomplete="off" onInput={into(setName)} />
      <PeoplePicker api={api} texts={texts} store={store} people={people} onChange={setPeople} />
    </FormDialog>
  );
}
