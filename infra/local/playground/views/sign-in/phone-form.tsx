import { useRef, useState } from 'preact/hooks';
import { readTextMessage } from '../../client/browser/text-message.ts';
import { useApp } from '../context.ts';
import { Button, Form, into, SubmitButton } from '../parts/controls.tsx';
import { Field, useComplaints } from '../parts/field.tsx';
import type { EntryProps } from './email-form.tsx';

const fields = { phone: ['country_not_served'], code: ['wrong_code'] } as const;

export function PhoneForm({ hidden, enter }: EntryProps) {
  const { api, texts, attempt } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sentCode, setSentCode] = useState<string>();
  const { run, complaintOf } = useComplaints(fields);
  const sendCode = () =>
    run(async () => {
      await api.sendCode(phone);
      setSentCode(await readTextMessage(phone));
      form.current?.querySelector<HTMLInputElement>('[autocomplete=one-time-code]')?.focus();
    });
  const login = () => attempt(() => run(() => enter(() => api.login({ phone, code }))));
  return (
    <Form ref={form} hidden={hidden} onSend={login}>
      <Field
        label={texts.phone}
        complaint={complaintOf('phone')}
        type="tel"
        required
        placeholder="+79991234567"
        autocomplete="tel"
        value={phone}
        onInput={into(setPhone)}
      />
      <Field
        label={texts.code}
        complaint={complaintOf('code')}
        inputMode="numeric"
        autocomplete="one-time-code"
        value={code}
        onInput={into(setCode)}
      />
      <p class="arrived" role="status">
        {sentCode !== undefined && (sentCode ? texts.textMessage(sentCode) : texts.codeInTerminal)}
      </p>
      <div class="buttons">
        <Button onPress={() => form.current?.reportValidity() && attempt(sendCode)}>{texts.getCode}</Button>
        <SubmitButton>{texts.signIn}</SubmitButton>
      </div>
    </Form>
  );
}
