import { useState } from 'preact/hooks';
import type { Profile } from '../../../state/me.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { PasswordField } from '../../parts/fields/password-field.tsx';
import { CodeField } from '../parts/code-field.tsx';

type Way = 'password' | 'code';

/** How the user proves that the account is theirs: with its password, or with a code sent to its phone. */
export function useProof({ email, phone }: Profile) {
  const [way, setWay] = useState<Way>(email || phone === undefined ? 'password' : 'code');
  const [value, setValue] = useState('');
  const choose = (other: Way) => {
    setWay(other);
    setValue('');
  };
  return { way, value, setValue, choose, phone, isChoice: email !== '' && phone !== undefined };
}

interface ProofProps {
  proof: ReturnType<typeof useProof>;
  complaint: string | undefined;
  run(action: () => Promise<unknown>): Promise<boolean>;
}

/** The field for the password or the code, and a button for the other way if the account has both. */
export function Proof({ proof: { way, value, setValue, choose, phone = '', isChoice }, complaint, run }: ProofProps) {
  const { settings } = useApp().texts;
  return (
    <fieldset class="proof">
      <legend>{settings.proof}</legend>
      {way === 'password' ? (
        <PasswordField
          label={settings.currentPassword}
          complaint={complaint}
          autocomplete="current-password"
          value={value}
          onWrite={setValue}
        />
      ) : (
        <CodeField
          label={settings.currentCode(phone)}
          phone={phone}
          complaint={complaint}
          value={value}
          onChange={setValue}
          run={run}
        />
      )}
      {isChoice && (
        <Button class="quiet" onPress={() => choose(way === 'password' ? 'code' : 'password')}>
          {way === 'password' ? settings.proveByCode : settings.proveByPassword}
        </Button>
      )}
    </fieldset>
  );
}
