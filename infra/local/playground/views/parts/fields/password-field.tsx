import { useState } from 'preact/hooks';
import { useApp } from '../../context.ts';
import { into } from '../controls.tsx';
import { Icon } from '../icon.tsx';
import { Field } from './field.tsx';

interface PasswordProps {
  label: string;
  complaint: string | undefined;
  hint?: string | undefined;
  autocomplete: 'current-password' | 'new-password';
  value: string;
  onWrite(value: string): void;
}

/** A field for a password, with a button that shows what is typed. */
export function PasswordField({ onWrite, ...props }: PasswordProps) {
  const { entry } = useApp().texts;
  const [isShown, setShown] = useState(false);
  const kind = isShown ? ({ type: 'text' } as const) : ({ type: 'password' } as const);
  return (
    <Field {...props} {...kind} required autocapitalize="none" spellcheck={false} onInput={into(onWrite)}>
      <button
        type="button"
        class="round"
        aria-label={entry.showPassword}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        <Icon name={isShown ? 'hidden' : 'eye'} />
      </button>
    </Field>
  );
}
