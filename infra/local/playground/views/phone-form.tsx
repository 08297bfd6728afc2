import { useRef, useState } from 'preact/hooks';
import { useApp } from './context.ts';
import { Button, Form, into, SubmitButton } from './controls.tsx';
import type { EntryProps } from './email-form.tsx';

export function PhoneForm({ hidden, enter }: EntryProps) {
  const { api, texts, attempt } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const codeInput = useRef<HTMLInputElement>(null);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [sentCode, setSentCode] = useState<string>();
  const sendCode = () =>
    attempt(async () => {
      await api.sendCode(phone);
      setSentCode(await readTextMessage(phone));
      codeInput.current?.focus();
    });
  return (
    <Form ref={form} hidden={hidden} onSend={() => enter(() => api.login({ phone, code }))}>
      <label>
        {texts.phone}
        <input
          type="tel"
          required
          placeholder="+79991234567"
          autocomplete="tel"
          value={phone}
          onInput={into(setPhone)}
        />
      </label>
      <label>
        {texts.code}
        <input ref={codeInput} inputMode="numeric" autocomplete="one-time-code" value={code} onInput={into(setCode)} />
      </label>
      <p class="arrived" role="status">
        {sentCode !== undefined && (sentCode ? texts.textMessage(sentCode) : texts.codeInTerminal)}
      </p>
      <div class="buttons">
        <Button onPress={() => form.current?.reportValidity() && sendCode()}>{texts.getCode}</Button>
        <SubmitButton>{texts.signIn}</SubmitButton>
      </div>
    </Form>
  );
}

/** The runner shows its own machine the text messages that it would have sent. Elsewhere the code is empty. */
async function readTextMessage(phone: string): Promise<string> {
  const answer = await fetch(`/_local/sms?phone=${encodeURIComponent(phone)}`);
  if (!answer.ok) return '';
  const { messages } = (await answer.json()) as { messages: { code: string }[] };
  return messages[0]?.code ?? '';
}
