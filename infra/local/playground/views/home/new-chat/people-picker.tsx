import type { TargetedKeyboardEvent } from 'preact';
import { useState } from 'preact/hooks';
import type { Api } from '../../../client/rest/api.ts';
import { findPerson } from '../../../client/rest/find-person.ts';
import type { ChatStore } from '../../../state/chat-store.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Button, into } from '../../parts/controls.tsx';
import { Field } from '../../parts/fields/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { wordsFor } from '../../problem-text.ts';

export interface Person {
  id: string;
  name: string;
  url?: string | undefined;
}

interface PickerProps {
  api: Api;
  texts: Texts;
  store: ChatStore;
  /** Those who are chosen. */
  people: readonly Person[];
  onChange(change: (people: readonly Person[]) => readonly Person[]): void;
}

/** Chooses people: those with whom the user has direct chats, and others by email or phone. */
export function PeoplePicker({ api, texts, store, people, onChange }: PickerProps) {
  const [contact, setContact] = useState('');
  const [complaint, setComplaint] = useState<string>();
  const [found, setFound] = useState<readonly Person[]>([]);
  const { home } = texts;
  const isChosen = ({ id }: Person) => people.some((person) => person.id === id);
  const choose = (person: Person) => onChange((chosen) => [...without(person, chosen), person]);
  const toggle = (person: Person) =>
    isChosen(person) ? onChange((chosen) => without(person, chosen)) : choose(person);

  const add = async () => {
    if (!contact.trim()) return;
    setComplaint(undefined);
    try {
      const person = await findPerson(api, contact);
      if (!person) setComplaint(texts.home.nobodyFound);
      else if (person.id === store.userId) setComplaint(home.alreadyThere);
      else {
        choose({ id: person.id, name: person.name, url: person.avatarUrl });
        setFound((before) => [...without(person, before), person]);
        // The user may be typing the next one already.
        setContact((typed) => (typed === contact ? '' : typed));
      }
    } catch (error) {
      setComplaint(wordsFor(error)(texts));
    }
  };
  // Enter would create the group.
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    void add();
  };
  const known = peopleOf(store);
  const listed = [...found.filter(({ id }) => !known.some((person) => person.id === id)), ...known];
  return (
    <>
      <Field
        label={home.addPeople}
        complaint={complaint}
        placeholder={home.addPeopleHint}
        autocapitalize="none"
        autocomplete="off"
        value={contact}
        onInput={into(setContact)}
        onKeyDown={onKeyDown}
      >
        <Button class="round" aria-label={home.add} onPress={add}>
          <Icon name="plus" />
        </Button>
      </Field>
      {listed.length > 0 && (
        <fieldset class="people">
          <legend>{people.length > 0 ? home.chosen(people.length) : home.fromMyChats}</legend>
          {listed.map((person) => (
            <label key={person.id}>
              <Avatar id={person.id} name={person.name} url={person.url} />
              <span>{person.name}</span>
              <input type="checkbox" checked={isChosen(person)} onChange={() => toggle(person)} />
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

const without = (person: Person, people: readonly Person[]) => people.filter(({ id }) => id !== person.id);

/** The people of the user's direct chats, the newest chat first. */
const peopleOf = ({ list, userId }: ChatStore): Person[] =>
  (list.all ?? []).flatMap(({ type, name, userDeleted, participantIds, pictureUrl }) => {
    const id = participantIds.find((participant) => participant !== userId);
    return type === 'direct' && id !== undefined && !userDeleted ? [{ id, name, url: pictureUrl }] : [];
  });
