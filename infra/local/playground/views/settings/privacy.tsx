import { useApp } from '../context.ts';
import { Section } from '../parts/sheets/sheet.tsx';
import type { PartProps } from './part-props.ts';
import { Choices, OpeningRow, SwitchRow } from './parts/rows.tsx';

/** What others see of the user, and what they may do. */
export function Privacy({ store, me, profile }: PartProps) {
  const { api, texts, attempt } = useApp();
  const { settings } = texts;
  const { showLastSeen = true, addedBy = 'anyone' } = profile;
  const update = (fields: Parameters<typeof api.users.updateMe>[0]) =>
    attempt(async () => me.keep(await api.users.updateMe(fields)));
  const switchLastSeen = async () => {
    await update({ showLastSeen: !showLastSeen });
    void store.open?.details.presence.start();
  };
  return (
    <>
      <Section>
        <SwitchRow
          icon="eye"
          label={settings.showLastSeen}
          hint={settings.lastSeenHint}
          isOn={showLastSeen}
          onPress={switchLastSeen}
        />
      </Section>
      <Section>
        <Choices
          title={settings.addedBy}
          hint={settings.addedByHint}
          value={addedBy}
          options={settings.adders}
          onChoose={(chosen) => update({ addedBy: chosen })}
        />
      </Section>
      <Section>
        <OpeningRow icon="block" label={settings.blocked} panel="settings/privacy/blocked" />
      </Section>
    </>
  );
}
