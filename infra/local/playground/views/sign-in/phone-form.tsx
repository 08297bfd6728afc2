import { useRef, useState } from 'preact/hooks';
import { readTextMessage } from '../../client/browser/text-message.ts';
import { useApp } from '../context.ts';
import { Form, into, SubmitButton } from '../parts/controls.tsx';
import { Field, useComplaints } from '../parts/fields/field.tsx';
import { type Arrived, CodeForm } from './code-form.tsx';
import type { EntryProps } from './email-form.tsx';

const fields = { phone: ['country_not_served'] } as const;

/** First the number, then the code that was sent to it. */
export function PhoneForm({ hidden, enter }: EntryProps) {
  const { api, texts, attempt } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [phone, setPhone] = useState('');
  const [arrived, setArrived] = useState<Arrived>();
  const { run, complaintOf } = useComplaints(fields);
  const sendCode = () =>
    attempt(() =>
      run(async () => {
        const { retryAfter } = await api.sendCode(phone);
        setArrived({ code: await readTextMessage(phone), againAt: Date.now() + retryAfter * 1000 });
      }),
    );
  if (arrived)
    return (
      <CodeForm
        hidden={hidden}
        phone={phone}
        arrived={arrived}
        enter={enter}
        onAgain={sendCode}
        onChangePhone={() => setArrived(undefined)}
      />
    );
  return (
    <Form ref={form} hidden={hidden} onSend={sendCode}>
      <Field
        label={texts.entry.phone}
        complaint={complaintOf('phone')}
        hint={texts.entry.phoneHint}
        type="tel"
        required
        placeholder="+79991234567"
        autocomplete="tel"
        value={phone}
        onInput={into(setPhone)}
      />
      <SubmitButton>{texts.entry.getCode}</SubmitButton>
    </Form>
  );
}
