import { useApp } from '../../context.ts';
import { Section } from '../../parts/sheets/sheet.tsx';
import type { PartProps } from '../part-props.ts';
import { Hint, OpeningRow } from '../parts/rows.tsx';

/** How the user signs in, and what is linked to the account. */
export function Account({ profile: { email, phone } }: PartProps) {
  const { settings } = useApp().texts;
  return (
    <>
      <Section>
        <OpeningRow
          icon="mail"
          label={email ? settings.email : settings.addEmail}
          hint={email || undefined}
          panel="settings/account/email"
        />
        <OpeningRow
          icon="phone"
          label={phone ? settings.phone : settings.addPhone}
          hint={phone}
          panel="settings/account/phone"
        />
        <OpeningRow
          icon="key"
          label={email ? settings.changePassword : settings.setPassword}
          panel="settings/account/password"
        />
        <Hint>{settings.accountHint}</Hint>
      </Section>
      <Section>
        <OpeningRow icon="video" label={settings.google} panel="settings/account/google" />
      </Section>
    </>
  );
}
