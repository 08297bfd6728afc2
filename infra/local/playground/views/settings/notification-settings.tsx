import { useState } from 'preact/hooks';
import { PushDevice } from '../../state/push/push-device.ts';
import { useApp } from '../context.ts';
import { hasNotifications, isDenied, permission } from '../home/push/browser-notifications.ts';
import { Section } from '../parts/sheets/sheet.tsx';
import type { PartProps } from './part-props.ts';
import { Choices, Hint, SwitchRow } from './parts/rows.tsx';

/** Whether this browser shows notifications, and what the user's notifications show. */
export function NotificationSettings({ me, profile: { pushPreview = 'text' } }: PartProps) {
  const { api, texts, language, attempt } = useApp();
  const { settings } = texts;
  const [device] = useState(() => new PushDevice(api, permission));
  const [isOn, setOn] = useState(device.token !== undefined);
  const [denied, setDenied] = useState(isDenied);
  const change = () =>
    attempt(async () => {
      // First, because the browser asks the user only shortly after a click.
      if (!isOn) setDenied(!(await device.turnOn(language)));
      else await device.turnOff();
      setOn(device.token !== undefined);
    });
  return (
    <>
      <Section>
        {hasNotifications() ? (
          <SwitchRow
            icon="bell"
            label={settings.inThisBrowser}
            hint={settings.inThisBrowserHint}
            isOn={isOn}
            onPress={change}
          />
        ) : (
          <Hint>{settings.notificationsElsewhere}</Hint>
        )}
        <p class="complaint" role="alert">
          {denied && settings.notificationsDenied}
        </p>
      </Section>
      <Section>
        <Choices
          title={settings.notificationsShow}
          value={pushPreview}
          options={settings.previews}
          onChoose={(preview) => attempt(async () => me.keep(await api.users.updateMe({ pushPreview: preview })))}
        />
      </Section>
    </>
  );
}
