import { useRef, useState } from 'preact/hooks';
import { useApp } from '../../context.ts';
import { Form, into, SubmitButton } from '../../parts/controls.tsx';
import { Field, useComplaints } from '../../parts/fields/field.tsx';
import { Row } from '../../parts/sheets/row.tsx';
import { Section } from '../../parts/sheets/sheet.tsx';
import { Hint } from '../parts/rows.tsx';

const fields = {
  token: ['google_token_invalid', 'google_wrong_audience', 'google_scope_missing', 'google_blocked'],
} as const;

/** Links a Google account for meetings, and unlinks it. The server does not say whether one is linked. */
export function GoogleSettings() {
  const { api, texts, attempt, notify } = useApp();
  const { settings } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [token, setToken] = useState('');
  const { run, complaintOf } = useComplaints(fields);
  const link = () =>
    attempt(async () => {
      if (!(await run(() => api.linkGoogle(token)))) return;
      setToken('');
      notify((words) => words.settings.googleLinked);
    });
  const unlink = async () => {
    if (await attempt(() => api.account.unlinkGoogle())) notify((words) => words.settings.googleUnlinked);
  };
  return (
    <>
      <Section>
        <Hint>
          {settings.googleHint} {settings.replaceHint}
        </Hint>
        <Form ref={form} onSend={link}>
          <Field
            label={texts.chat.linkGoogle}
            complaint={complaintOf('token')}
            required
            autocomplete="off"
            value={token}
            onInput={into(setToken)}
          />
          <div class="buttons">
            <SubmitButton isIdle={token === ''}>{texts.settings.link}</SubmitButton>
          </div>
        </Form>
      </Section>
      <Section>
        <Row icon="link" label={settings.unlinkGoogle} hint={settings.unlinkHint} isDangerous onPress={unlink} />
      </Section>
    </>
  );
}
