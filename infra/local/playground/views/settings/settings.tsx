import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../state/me.ts';
import type { Texts } from '../../texts/en/index.ts';
import { closePanel, goUpTo, usePanel } from '../address.ts';
import { useApp } from '../context.ts';
import { Sheet } from '../parts/sheets/sheet.tsx';
import { wordsFor } from '../problem-text.ts';
import { Account } from './account/account.tsx';
import { EmailSettings } from './account/email-settings.tsx';
import { GoogleSettings } from './account/google-settings.tsx';
import { PasswordSettings } from './account/password-settings.tsx';
import { PhoneSettings } from './account/phone-settings.tsx';
import { Appearance } from './appearance.tsx';
import { BlockedPeople } from './blocked-people.tsx';
import { Data } from './data/data.tsx';
import { DeleteAccount } from './data/delete-account.tsx';
import { Devices } from './devices/devices.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { Overview } from './overview.tsx';
import type { PartProps } from './part-props.ts';
import { Waiting } from './parts/waiting.tsx';
import { Privacy } from './privacy.tsx';
import { ProfileSettings } from './profile-settings.tsx';

interface Part {
  title(texts: Texts): string;
  view: FunctionComponent<PartProps>;
  /** It is shown before the profile is loaded, too. */
  isAlways?: true;
}

/** By the sheet's name in the address. The slashes say which part leads to which. */
const parts: Readonly<Record<string, Part>> = {
  settings: { title: ({ settings }) => settings.title, view: Overview, isAlways: true },
  'settings/profile': { title: ({ settings }) => settings.profile, view: ProfileSettings },
  'settings/account': { title: ({ settings }) => settings.account, view: Account },
  'settings/account/email': { title: ({ settings }) => settings.email, view: EmailSettings },
  'settings/account/phone': { title: ({ settings }) => settings.phone, view: PhoneSettings },
  'settings/account/password': { title: ({ settings }) => settings.password, view: PasswordSettings },
  'settings/account/google': { title: ({ settings }) => settings.google, view: GoogleSettings },
  'settings/devices': { title: ({ settings }) => settings.devices, view: Devices, isAlways: true },
  'settings/privacy': { title: ({ settings }) => settings.privacy, view: Privacy },
  'settings/privacy/blocked': { title: ({ settings }) => settings.blocked, view: BlockedPeople },
  'settings/notifications': { title: ({ settings }) => settings.notifications, view: NotificationSettings },
  'settings/appearance': { title: ({ settings }) => settings.appearance, view: Appearance, isAlways: true },
  'settings/data': { title: ({ settings }) => settings.data, view: Data },
  'settings/data/delete': { title: ({ settings }) => settings.deleteAccount, view: DeleteAccount },
};

type Place = Pick<PartProps, 'store' | 'me'>;

/** The user's settings, while the address says so. */
export function Settings(place: Place) {
  const panel = usePanel();
  const part = panel === undefined ? undefined : parts[panel];
  return panel !== undefined && part ? <OpenSettings {...place} panel={panel} part={part} /> : null;
}

const parentOf = (panel: string): string => panel.split('/').slice(0, -1).join('/');

function OpenSettings({ panel, part, ...place }: Place & { panel: string; part: Part }) {
  const { session, texts } = useApp();
  const { me } = place;
  const { title, view: View, isAlways } = part;
  const { failed, load } = useProfile(me);
  const parent = parentOf(panel);
  const profile = me.profile ?? (isAlways && session.user && { ...session.user, email: '' });
  return (
    <Sheet
      title={title(texts)}
      place="middle"
      part={panel}
      onBack={parent ? () => goUpTo(parent) : undefined}
      onClose={closePanel}
    >
      <div class="settings">
        {profile && <View key={panel} {...place} profile={profile} />}
        {!profile && <Waiting failed={failed} load={load} />}
      </div>
    </Sheet>
  );
}

/** Loads the profile anew when the settings open, because another device may have changed it. */
function useProfile(me: Me) {
  const { notify } = useApp();
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    return me.load().catch((error: unknown) => {
      setFailed(true);
      notify(wordsFor(error));
    });
  };
  useEffect(() => void load(), [me]);
  return { failed, load };
}
