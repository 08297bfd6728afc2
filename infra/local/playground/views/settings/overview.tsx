import { useState } from 'preact/hooks';
import { PushDevice } from '../../state/push/push-device.ts';
import { openPanel } from '../address.ts';
import { useApp } from '../context.ts';
import { permission } from '../home/push/browser-notifications.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Row } from '../parts/sheets/row.tsx';
import { Section } from '../parts/sheets/sheet.tsx';
import { savedTheme } from '../preferences.ts';
import { useReadAll } from '../use-read-all.ts';
import type { PartProps } from './part-props.ts';
import { OpeningRow } from './parts/rows.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The first page of the settings: who the user is, and what can be set. */
export function Overview({ store, profile }: PartProps) {
  const { api, texts, language } = useApp();
  const { settings } = texts;
  const [device] = useState(() => new PushDevice(api, permission));
  const { signOut } = useSignOut(store);
  const readAll = useReadAll(store);
  return (
    <>
      <button type="button" class="sheet-row me" id="to-settings/profile" onClick={() => openPanel('settings/profile')}>
        <Avatar id={profile.id} name={profile.name} url={profile.avatarUrl} />
        <span class="about">
          <strong>{profile.name}</strong>
          {profile.email && <small>{profile.email}</small>}
          {profile.phone && <small>{profile.phone}</small>}
        </span>
        <Icon name="forward" />
      </button>
      <Section>
        <OpeningRow icon="key" label={settings.account} panel="settings/account" />
        <OpeningRow icon="smartphone" label={settings.devices} panel="settings/devices" />
        <OpeningRow icon="lock" label={settings.privacy} panel="settings/privacy" />
        <OpeningRow
          icon="bell"
          label={settings.notifications}
          value={settings.switched[device.token ? 'on' : 'off']}
          panel="settings/notifications"
        />
        <OpeningRow
          icon="light"
          label={settings.appearance}
          value={`${settings.themes[savedTheme()]}, ${settings.languages[language]}`}
          panel="settings/appearance"
        />
        <OpeningRow icon="file" label={settings.data} hint={settings.dataHint} panel="settings/data" />
      </Section>
      <Section>
        <Row icon="read" label={settings.readAll} onPress={readAll} />
        <OpeningRow icon="keyboard" label={settings.shortcuts} panel="shortcuts" />
        <a class="sheet-row" href="/docs">
          <Icon name="info" />
          <span class="about">{settings.docs}</span>
        </a>
      </Section>
      <Section>
        <Row icon="leave" label={settings.signOut} isDangerous onPress={signOut} />
      </Section>
    </>
  );
}
