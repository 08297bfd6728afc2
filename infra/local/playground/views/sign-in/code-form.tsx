import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button, Form, into, SubmitButton } from '../parts/controls.tsx';
import { Field, useComplaints } from '../parts/fields/field.tsx';
import { useSecondsUntil } from '../parts/use-seconds-until.ts';
import type { EntryProps } from './email-form.tsx';

const fields = { code: ['wrong_code'] } as const;

/** What came of the text message. */
export interface Arrived {
  /** Empty unless the page may see what the local server would have sent. */
  code: string;
  /** When another one may be sent, in milliseconds since the epoch. */
  againAt: number;
}

interface CodeProps extends EntryProps {
  phone: string;
  arrived: Arrived;
  /** Sends another code. */
  onAgain(): unknown;
  onChangePhone(): void;
}

/** The second step of signing in with a phone. */
export function CodeForm({ hidden, phone, arrived, enter, onAgain, onChangePhone }: CodeProps) {
  const { api, texts, attempt } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const { run, complaintOf } = useComplaints(fields);
  const seconds = useSecondsUntil(arrived.againAt);
  const { entry } = texts;
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const login = () => attempt(() => run(() => enter(() => api.login({ phone, code }))));
  return (
    <Form ref={form} hidden={hidden} onSend={login}>
      <p>
        {entry.codeSentTo(phone)}{' '}
        <button type="button" class="text" onClick={onChangePhone}>
          {entry.changePhone}
        </button>
      </p>
      <p class="arrived" role="status">
        {arrived.code ? texts.entry.textMessage(arrived.code) : texts.entry.codeInTerminal}
      </p>
      <Field
        label={texts.entry.code}
        complaint={complaintOf('code')}
        class="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        required
        value={code}
        onInput={into(setCode)}
      />
      <SubmitButton>{texts.entry.signIn}</SubmitButton>
      <p class="other-way">
        {seconds > 0 ? (
          entry.sendAgainIn(seconds)
        ) : (
          <Button class="text" onPress={onAgain}>
            {entry.sendAgain}
          </Button>
        )}
      </p>
    </Form>
  );
}
