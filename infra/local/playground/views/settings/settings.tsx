import type { FunctionComponent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../state/me.ts';
import type { Texts } from '../../texts/en/index.ts';
import { closePanel, openPanel, usePanel } from '../address.ts';
import { useApp } from '../context.ts';
import { Button } from '../parts/controls.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Account } from './account/account.tsx';
import { DeleteAccount } from './account/delete-account.tsx';
import { EmailSettings } from './account/email-settings.tsx';
import { GoogleSettings } from './account/google-settings.tsx';
import { PasswordSettings } from './account/password-settings.tsx';
import { PhoneSettings } from './account/phone-settings.tsx';
import { Appearance } from './appearance.tsx';
import { BlockedPeople } from './blocked-people.tsx';
import { Data } from './data.tsx';
import { Devices } from './devices/devices.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { Overview } from './overview.tsx';
import type { PartProps } from './part-props.ts';
import { Privacy } from './privacy.tsx';
import { ProfileSettings } from './profile-settings.tsx';

interface Part {
  title(texts: Texts): string;
  view: FunctionComponent<PartProps>;
}

/** By the sheet's name in the address. The slashes say which part leads to which. */
const parts: Readonly<Record<string, Part>> = {
  settings: { title: ({ settings }) => settings.title, view: Overview },
  'settings/profile': { title: ({ settings }) => settings.profile, view: ProfileSettings },
  'settings/account': { title: ({ settings }) => settings.account, view: Account },
  'settings/account/email': { title: ({ settings }) => settings.email, view: EmailSettings },
  'settings/account/phone': { title: ({ settings }) => settings.phone, view: PhoneSettings },
  'settings/account/password': { title: ({ settings }) => settings.password, view: PasswordSettings },
  'settings/account/google': { title: ({ settings }) => settings.google, view: GoogleSettings },
  'settings/account/delete': { title: ({ settings }) => settings.deleteAccount, view: DeleteAccount },
  'settings/devices': { title: ({ settings }) => settings.devices, view: Devices },
  'settings/privacy': { title: ({ settings }) => settings.privacy, view: Privacy },
  'settings/privacy/blocked': { title: ({ settings }) => settings.blocked, view: BlockedPeople },
  'settings/notifications': { title: ({ settings }) => settings.notifications, view: NotificationSettings },
  'settings/appearance': { title: ({ settings }) => settings.appearance, view: Appearance },
  'settings/data': { title: ({ settings }) => settings.data, view: Data },
};

type Place = Pick<PartProps, 'store' | 'me'>;

/** The user's settings, while the address says so. */
export function Settings(place: Place) {
  const panel = usePanel();
  const part = panel === undefined ? undefined : parts[panel];
  return panel !== undefined && part ? <OpenSettings {...place} panel={panel} part={part} /> : null;
}

const parentOf = (panel: string): string => panel.slice(0, panel.lastIndexOf('/'));

function OpenSettings({ panel, part: { title, view: View }, ...place }: Place & { panel: string; part: Part }) {
  const { texts } = useApp();
  const { profile } = place.me;
  const parent = parentOf(panel);
  const content = useFocusOfPart(panel);
  return (
    <Sheet
      title={title(texts)}
      place="middle"
      onBack={parent ? () => openPanel(parent) : undefined}
      onClose={closePanel}
    >
      <div ref={content} class="settings">
        <Loading me={place.me} />
        {profile && <View key={panel} {...place} profile={profile} />}
      </div>
    </Sheet>
  );
}

/** Loads the profile anew, because another device may have changed it. Shows nothing of that if it is known already. */
function Loading({ me }: { me: Me }) {
  const { texts, attempt } = useApp();
  const [failed, setFailed] = useState(false);
  const load = async () => setFailed(!(await attempt(() => me.load())));
  useEffect(() => void load(), [me]);
  if (me.profile) return null;
  return failed ? <Button onPress={load}>{texts.settings.tryAgain}</Button> : <p class="hint">{texts.loading}</p>;
}

/** Puts the keyboard on the heading of the part that opens, or on the row of the part from which the user comes back. */
function useFocusOfPart(panel: string) {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef(panel);
  useLayoutEffect(() => {
    const from = before.current;
    before.current = panel;
    if (from === panel) return;
    const row = content.current?.querySelector<HTMLElement>(`[data-panel="${from}"]`);
    (row ?? content.current?.closest('dialog')?.querySelector('h2'))?.focus();
  }, [panel]);
  return content;
}
