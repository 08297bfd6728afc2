import { useRef, useState } from 'preact/hooks';
import { useApp } from '../../context.ts';
import { Form, into, SubmitButton } from '../../parts/controls.tsx';
import { Field } from '../../parts/fields/field.tsx';
import type { PartProps } from '../part-props.ts';
import { CodeField } from '../parts/code-field.tsx';
import { Proof, useProof } from './proof.tsx';
import { useAccountForm } from './use-account-form.ts';

/** Of two codes, the server does not say which is wrong. */
const fields = {
  phone: ['country_not_served', 'phone_taken'],
  code: ['wrong_code'],
  password: ['wrong_credentials', 'proof_missing'],
  currentCode: ['wrong_code', 'proof_missing'],
} as const;

/** Links a phone or replaces it, with a code that is sent to it. */
export function PhoneSettings({ me, profile }: PartProps) {
  const { api, texts } = useApp();
  const { settings } = texts;
  const form = useRef<HTMLFormElement>(null);
  const [phone, setPhone] = useState(profile.phone ?? '');
  const [code, setCode] = useState('');
  const proof = useProof(profile);
  const { run, complaintOf, save } = useAccountForm(fields);
  const proofName = proof.way === 'password' ? 'password' : 'currentCode';
  const isChanged = phone !== (profile.phone ?? '');
  const send = () =>
    isChanged &&
    save(
      async () => me.keep(await api.account.linkPhone({ phone, code, [proofName]: proof.value })),
      (words) => words.settings.phoneSaved,
    );
  return (
    <Form ref={form} onSend={send}>
      <Field
        label={settings.newPhone}
        complaint={complaintOf('phone')}
        type="tel"
        required
        placeholder="+79991234567"
        autocomplete="tel"
        value={phone}
        onInput={into(setPhone)}
      />
      <CodeField
        label={settings.newPhoneCode}
        phone={phone}
        complaint={complaintOf('code')}
        value={code}
        onChange={setCode}
        run={run}
      />
      <Proof proof={proof} complaint={complaintOf(proofName)} run={run} />
      <div class="buttons">
        <SubmitButton isIdle={!isChanged}>{texts.save}</SubmitButton>
      </div>
    </Form>
  );
}
