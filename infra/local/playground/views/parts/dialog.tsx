import { type ComponentChildren, render, type VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Texts } from '../../texts/en/index.ts';
import { wordsFor } from '../problem-text.ts';
import { Button, Form, SubmitButton } from './controls.tsx';
import { Field } from './field.tsx';

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

interface FormDialogProps extends Closing {
  label: string;
  texts: Texts;
  /** What the button says: "Save" if it is left out. */
  verb?: string;
  /** What is wrong before the user has done anything. */
  complaint?: string | undefined;
  /** Does what the user has chosen. The dialog stays open while this throws or returns a complaint. */
  act(): Promise<string | undefined>;
  children: ComponentChildren;
}

/** Settings that are saved together. */
export function FormDialog({
  label,
  texts,
  verb = texts.save,
  complaint: reason,
  act,
  onClose,
  children,
}: FormDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [complaint, setComplaint] = useState(reason);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const send = async () => {
    setComplaint(undefined);
    const found = await act().catch((error: unknown) => wordsFor(error)(texts));
    if (found === undefined) dialog.current?.close('done');
    else setComplaint(found);
  };
  return (
    <dialog ref={dialog} aria-label={label} onClose={() => onClose(dialog.current?.returnValue === 'done')}>
      <h2>{label}</h2>
      <Form ref={form} onSend={send}>
        {children}
        <p class="complaint" role="alert">
          {complaint}
        </p>
        <div class="buttons">
          <Button onPress={() => dialog.current?.close()}>{texts.cancel}</Button>
          <SubmitButton>{verb}</SubmitButton>
        </div>
      </Form>
    </dialog>
  );
}

interface Closing {
  onClose(done: boolean): void;
}

function LineDialog({ label, texts, verb, value = '', complaint: reason, act, onClose }: Question & Closing) {
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [complaint, setComplaint] = useState(reason);
  const input = () => form.current?.querySelector('input');
  useLayoutEffect(() => {
    dialog.current?.showModal();
    input()?.select();
  }, []);
  const send = async () => {
    setComplaint(undefined);
    const found = await act(input()?.value ?? '').catch((error: unknown) => wordsFor(error)(texts));
    if (found === undefined) dialog.current?.close('done');
    else setComplaint(found);
  };
  return (
    <dialog ref={dialog} aria-label={label} onClose={() => onClose(dialog.current?.returnValue === 'done')}>
      <Form ref={form} onSend={send}>
        <Field label={label} complaint={complaint} defaultValue={value} required autocomplete="off" />
        <div class="buttons">
          <Button onPress={() => dialog.current?.close()}>{texts.cancel}</Button>
          <SubmitButton>{verb}</SubmitButton>
        </div>
      </Form>
    </dialog>
  );
}

/** The first button has the focus: the one that changes nothing. */
function ConfirmDialog({ question, texts, verb, isDangerous = false, onClose }: Confirmation & Closing) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label={question} onClose={() => onClose(dialog.current?.returnValue === 'done')}>
      <p>{question}</p>
      <div class="buttons">
        <Button onPress={() => dialog.current?.close()}>{texts.cancel}</Button>
        <Button class={isDangerous ? 'dangerous' : 'primary'} onPress={() => dialog.current?.close('done')}>
          {verb}
        </Button>
      </div>
    </dialog>
  );
}
