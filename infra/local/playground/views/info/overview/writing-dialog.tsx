import { useState } from 'preact/hooks';
import type { WritingRules } from '../../../state/open/writing-rules.ts';
import type { Texts } from '../../../texts/en/index.ts';
import { Select } from '../../parts/fields/select.tsx';
import { FormDialog, showDialog } from '../../parts/sheets/dialog.tsx';

/** In seconds. */
const pauses = [0, 10, 30, 60, 300, 3600];
const postings = ['everyone', 'admins'] as const;

interface Question {
  rules: WritingRules;
  texts: Texts;
  /** The dialog stays open while this throws. */
  save(rules: WritingRules): Promise<unknown>;
}

/** Asks who may write in a group and how often. Returns false when the user cancels. */
export const askForWriting = (question: Question) =>
  showDialog((onClose) => <WritingDialog {...question} onClose={onClose} />);

function WritingDialog({ rules, texts, save, onClose }: Question & { onClose(done: boolean): void }) {
  const [chosen, setChosen] = useState(rules);
  // Another app may have set any number of seconds.
  const seconds = [...new Set([...pauses, rules.slowModeSeconds])].sort((a, b) => a - b);
  const act = async () => {
    await save(chosen);
    return undefined;
  };
  return (
    <FormDialog label={texts.info.whoWrites} texts={texts} act={act} onClose={onClose}>
      <Select
        label={texts.info.whoWrites}
        value={chosen.posting}
        options={postings.map((value) => ({ value, label: texts.info.postings[value] }))}
        onChoose={(posting) => setChosen({ ...chosen, posting })}
      />
      <Select
        label={texts.info.slowMode}
        value={chosen.slowModeSeconds}
        options={seconds.map((value) => ({ value, label: value === 0 ? texts.info.off : texts.duration(value) }))}
        onChoose={(slowModeSeconds) => setChosen({ ...chosen, slowModeSeconds })}
      />
    </FormDialog>
  );
}
