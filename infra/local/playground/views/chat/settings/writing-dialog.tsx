import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WritingRules } from '../../../state/open/writing-rules.ts';
import type { Texts } from '../../../texts/en.ts';
import { Button, Form, SubmitButton } from '../../parts/controls.tsx';
import { showDialog } from '../../parts/dialog.tsx';
import { Select } from '../../parts/select.tsx';
import { wordsFor } from '../../problem-text.ts';

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
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [complaint, setComplaint] = useState('');
  const [chosen, setChosen] = useState(rules);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  // Another app may have set any number of seconds.
  const seconds = [...new Set([...pauses, rules.slowModeSeconds])].sort((a, b) => a - b);
  const send = async () => {
    setComplaint('');
    try {
      await save(chosen);
      dialog.current?.close('done');
    } catch (error) {
      setComplaint(wordsFor(error)(texts));
    }
  };
  return (
    <dialog ref={dialog} aria-label={texts.whoWrites} onClose={() => onClose(dialog.current?.returnValue === 'done')}>
      <Form ref={form} onSend={send}>
        <Select
          label={texts.whoWrites}
          value={chosen.posting}
          options={postings.map((value) => ({ value, label: texts.postings[value] }))}
          onChoose={(posting) => setChosen({ ...chosen, posting })}
        />
        <Select
          label={texts.slowMode}
          value={chosen.slowModeSeconds}
          options={seconds.map((value) => ({ value, label: value === 0 ? texts.off : texts.duration(value) }))}
          onChoose={(slowModeSeconds) => setChosen({ ...chosen, slowModeSeconds })}
        />
        <p class="complaint" role="alert">
          {complaint}
        </p>
        <div class="buttons">
          <Button onPress={() => dialog.current?.close()}>{texts.cancel}</Button>
          <SubmitButton>{texts.save}</SubmitButton>
        </div>
      </Form>
    </dialog>
  );
}
