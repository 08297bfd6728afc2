import { useRef, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { askForPortrait } from '../files/portrait-dialog.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Button, Form, into, SubmitButton } from '../parts/controls.tsx';
import { Field, useComplaints } from '../parts/fields/field.tsx';
import type { PartProps } from './part-props.ts';

const fields = { name: [] } as const;

/** The user's name and picture, which others see. */
export function ProfileSettings({ me, profile }: PartProps) {
  const { api, texts, attempt, notify } = useApp();
  const { settings } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(profile.name);
  const { run, complaintOf } = useComplaints(fields);
  const isChanged = name !== profile.name;
  const save = () =>
    isChanged &&
    attempt(async () => {
      if (!(await run(async () => me.keep(await api.users.updateMe({ name }))))) return;
      // The server may have trimmed it.
      setName(me.profile?.name ?? name);
      notify((words) => words.settings.saved);
    });
  const setPicture = () =>
    askForPortrait({
      label: texts.files.myPicture,
      id: profile.id,
      name: profile.name,
      url: profile.avatarUrl,
      purpose: 'avatar',
      api,
      texts,
      set: async (fileId) => {
        me.keep(await api.users.setAvatar(fileId));
        return me.profile?.avatarUrl;
      },
      remove: async () => me.keep(await api.users.deleteAvatar()),
    });
  return (
    <>
      <div class="portrait">
        <Avatar id={profile.id} name={profile.name} url={profile.avatarUrl} />
        <Button onPress={setPicture}>{settings.changePicture}</Button>
      </div>
      <Form ref={form} onSend={save}>
        <Field
          label={settings.name}
          complaint={complaintOf('name')}
          hint={settings.nameHint}
          autocomplete="name"
          required
          value={name}
          onInput={into(setName)}
        />
        <div class="buttons">
          <SubmitButton isIdle={!isChanged}>{texts.save}</SubmitButton>
        </div>
      </Form>
    </>
  );
}
