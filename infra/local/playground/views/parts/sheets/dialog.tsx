import { type ComponentChildren, render, type VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Texts } from '../../../texts/en/index.ts';
import { wordsFor } from '../../problem-text.ts';
import { Button, Form, SubmitButton } from '../controls.tsx';
import { Field } from '../fields/field.tsx';

interface Question {
  label: string;
  texts: Texts;
  /** What the button says. */
  verb: string;
  /** What the field contains at first. */
  value?: string;
  /** Why the question is asked, if something went wrong. */
  complaint?: string | undefined;
  /** Acts on the line, exactly as it was typed. The dialog stays open while this throws or returns a complaint. */
  act(line: string): Promise<string | undefined>;
}

interface Confirmation {
  question: string;
  texts: Texts;
  /** What the button says. */
  verb: string;
  /** Something is lost by it. */
  isDangerous?: boolean;
}

/** Asks the user for one line of text and acts on it. Returns false when they cancel. */
export const askForLine = (question: Question) =>
  showDialog((onClose) => <LineDialog {...question} onClose={onClose} />);

/** Asks the user whether to go on. Returns false when they cancel. */
export const askToConfirm = (confirmation: Confirmation) =>
  showDialog((onClose) => <ConfirmDialog {...confirmation} onClose={onClose} />);

/** Shows a dialog until it calls `onClose`, and returns what it says then: whether the user has gone on. */
export function showDialog(dialog: (onClose: (done: boolean) => void) => VNode): Promise<boolean> {
  const place = document.createElement('div');
  document.body.append(place);
  return new Promise((resolve) => {
    const close = (done: boolean) => {
      render(null, place);
      place.remove();
      resolve(done);
    };
    render(dialog(close), place);
  });
}

/** Cancels the dialogs that are open: they are questions to a user who is not signed in any more. */
export function closeDialogs(): void {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
}

interface Closing {
  onClose(done: boolean): void;
}

/** Shows a modal dialog: returns what its element needs, and what closes it. */
function useModal(label: string, onClose: Closing['onClose']) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => ref.current?.showModal(), []);
  const attributes = { ref, 'aria-label': label, onClose: () => onClose(ref.current?.returnValue === 'done') };
  return { attributes, cancel: () => ref.current?.close(), finish: () => ref.current?.close('done') };
}

interface FormDialogProps extends Closing {
  label: string;
  texts: Texts;
  /** What the button says: "Save" if it is left out. */
  verb?: string;
  /** What is wrong before the user has done anything. */
  complaint?: string | undefined;
  /** Does what the user has chosen. The dialog stays open while this throws or returns a complaint. */
  act(): Promise<string | undefined>;
  /** The only field, which has the dialog's label and says itself what is wrong. In place of `children`. */
  field?(complaint: string | undefined): VNode;
  children?: ComponentChildren;
}

/** A form in a dialog. */
export function FormDialog(props: FormDialogProps) {
  const { label, texts, verb = texts.save, complaint: reason, act, onClose, field, children } = props;
  const { attributes, cancel, finish } = useModal(label, onClose);
  const form = useRef<HTMLFormElement>(null);
  const [complaint, setComplaint] = useState(reason);
  const send = async () => {
    setComplaint(undefined);
    const found = await act().catch((error: unknown) => wordsFor(error)(texts));
    if (found === undefined) finish();
    else setComplaint(found);
  };
  return (
    <dialog {...attributes}>
      {!field && <h2>{label}</h2>}
      <Form ref={form} onSend={send}>
        {field?.(complaint)}
        {children}
        {!field && (
          <p class="complaint" role="alert">
            {complaint}
          </p>
        )}
        <div class="buttons">
          <Button onPress={cancel}>{texts.cancel}</Button>
          <SubmitButton>{verb}</SubmitButton>
        </div>
      </Form>
    </dialog>
  );
}

function LineDialog({ label, value = '', act, ...dialog }: Question & Closing) {
  const input = useRef<HTMLInputElement>(null);
  // After the dialog is shown.
  useLayoutEffect(() => input.current?.select(), []);
  const about = { label, defaultValue: value, required: true, autocomplete: 'off' };
  return (
    <FormDialog
      {...dialog}
      label={label}
      act={() => act(input.current?.value ?? '')}
      field={(complaint) => <Field ref={input} {...about} complaint={complaint} />}
    />
  );
}

/** The first button has the focus: the one that changes nothing. */
function ConfirmDialog({ question, texts, verb, isDangerous = false, onClose }: Confirmation & Closing) {
  const { attributes, cancel, finish } = useModal(question, onClose);
  return (
    <dialog {...attributes}>
      <p>{question}</p>
      <div class="buttons">
        <Button onPress={cancel}>{texts.cancel}</Button>
        <Button class={isDangerous ? 'dangerous' : 'primary'} onPress={finish}>
          {verb}
        </Button>
      </div>
    </dialog>
  );
}
