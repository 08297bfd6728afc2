import { useState } from 'preact/hooks';
import type { Api } from '../../../client/rest/api.ts';
import { PushDevice } from '../../../state/push/push-device.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { FormDialog, showDialog } from '../../parts/dialog.tsx';
import { Select } from '../../parts/select.tsx';
import { savedLanguage } from '../../preferences.ts';
import { hasNotifications, isDenied, permission } from './browser-notifications.ts';

const previews = ['text', 'name', 'none'] as const;
const states = ['on', 'off'] as const;

interface Question {
  /** What the user's notifications show now. */
  preview: (typeof previews)[number];
  api: Api;
  texts: Texts;
}

/** Asks whether this browser shows notifications, and what the user's notifications show. Returns false when they cancel. */
export const askForNotifications = (question: Question) =>
  showDialog((onClose) => <NotificationsDialog {...question} onClose={onClose} />);

function NotificationsDialog({ preview, api, texts, onClose }: Question & { onClose(done: boolean): void }) {
  const [device] = useState(() => new PushDevice(api, permission));
  const [before] = useState<(typeof states)[number]>(device.token ? 'on' : 'off');
  const [here, setHere] = useState(before);
  const [shown, setShown] = useState(preview);
  const save = async () => {
    // First, because the browser asks the user only shortly after a click.
    if (here === 'on' && before === 'off' && !(await device.turnOn(savedLanguage()))) return texts.notificationsDenied;
    if (here === 'off' && before === 'on') await device.turnOff();
    if (shown !== preview) await api.users.updateMe({ pushPreview: shown });
    return undefined;
  };
  return (
    <FormDialog
      label={texts.notifications}
      complaint={isDenied() ? texts.notificationsDenied : undefined}
      texts={texts}
      act={save}
      onClose={onClose}
    >
      {hasNotifications() ? (
        <Select
          label={texts.inThisBrowser}
          value={here}
          options={states.map((value) => ({ value, label: texts.switched[value] }))}
          onChoose={(value) => setHere(value)}
        />
      ) : (
        <p>{texts.notificationsElsewhere}</p>
      )}
      <Select
        label={texts.notificationsShow}
        value={shown}
        options={previews.map((value) => ({ value, label: texts.previews[value] }))}
        onChoose={(value) => setShown(value)}
      />
    </FormDialog>
  );
}
