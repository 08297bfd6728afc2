import { useRef, useState } from 'preact/hooks';
import { readTextMessage } from '../../../client/browser/text-message.ts';
import { useApp } from '../../context.ts';
import { Button, into } from '../../parts/controls.tsx';
import { Field } from '../../parts/fields/field.tsx';
import { useSecondsUntil } from '../../parts/use-seconds-until.ts';

interface CodeFieldProps {
  label: string;
  /** To which the code is sent. */
  phone: string;
  complaint: string | undefined;
  value: string;
  onChange(code: string): void;
  /** Sends the code. Returns false if the form has a complaint. */
  run(action: () => Promise<unknown>): Promise<boolean>;
}

/** A field for a one-time code, with a button that sends one. */
export function CodeField({ label, phone, complaint, value, onChange, run }: CodeFieldProps) {
  const { api, texts, attempt } = useApp();
  const { settings } = texts;
  const place = useRef<HTMLDivElement>(null);
  const [sent, setSent] = useState<{ phone: string; code: string; againAt: number }>();
  const seconds = useSecondsUntil(sent?.againAt ?? 0);
  const mustWait = seconds > 0 && sent?.phone === phone;
  const send = () =>
    attempt(() =>
      run(async () => {
        const { retryAfter } = await api.sendCode(phone);
        const againAt = Date.now() + retryAfter * 1000;
        setSent({ phone, code: await readTextMessage(phone), againAt });
        place.current?.querySelector('input')?.focus();
      }),
    );
  return (
    <div ref={place} class="code">
      <Field
        label={label}
        complaint={complaint}
        inputMode="numeric"
        autocomplete="one-time-code"
        value={value}
        onInput={into(onChange)}
      />
      <Button aria-disabled={mustWait} onPress={() => mustWait || send()}>
        {mustWait ? settings.nextCodeIn(seconds) : settings.getCode}
      </Button>
      <p class="arrived" role="status">
        {sent && (sent.code ? texts.entry.textMessage(sent.code) : texts.entry.codeInTerminal)}
      </p>
    </div>
  );
}
