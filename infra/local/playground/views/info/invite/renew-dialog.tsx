import { useState } from 'preact/hooks';
import type { Texts } from '../../../texts/en/index.ts';
import { Select } from '../../parts/fields/select.tsx';
import { FormDialog, showDialog } from '../../parts/sheets/dialog.tsx';

/** In seconds; 0 stands for no end. */
const expiries = [0, 3600, 86_400, 604_800, 2_592_000];
/** 0 stands for any number. */
const counts = [0, 1, 5, 10, 50, 100];

interface Question {
  texts: Texts;
  /** The dialog stays open while this throws. */
  create(limits: { expiresIn?: number; maxUses?: number }): Promise<unknown>;
}

/** Asks how long a new invite link is valid and for how many people. Returns false when the user cancels. */
export const askForInvite = (question: Question) =>
  showDialog((onClose) => <RenewDialog {...question} onClose={onClose} />);

function RenewDialog({ texts, create, onClose }: Question & { onClose(done: boolean): void }) {
  const { info } = texts;
  const [expiresIn, setExpiry] = useState(0);
  const [maxUses, setUses] = useState(0);
  const act = async () => {
    await create({ ...(expiresIn > 0 && { expiresIn }), ...(maxUses > 0 && { maxUses }) });
    return undefined;
  };
  return (
    <FormDialog label={info.renew} texts={texts} verb={texts.create} act={act} onClose={onClose}>
      <p>{info.renewQuestion}</p>
      <Select
        label={info.expiry}
        value={expiresIn}
        options={expiries.map((value) => ({ value, label: value === 0 ? info.noExpiry : texts.duration(value) }))}
        onChoose={(value) => setExpiry(value)}
      />
      <Select
        label={info.maxUses}
        value={maxUses}
        options={counts.map((value) => ({ value, label: value === 0 ? info.noMaxUses : String(value) }))}
        onChoose={(value) => setUses(value)}
      />
    </FormDialog>
  );
}
