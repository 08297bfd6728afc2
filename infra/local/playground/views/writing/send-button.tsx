import { useApp } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import type { Purpose } from './subject.tsx';

export function SendButton({ purpose }: { purpose: Purpose }) {
  const { texts } = useApp();
  const label = { message: texts.composer.send, question: texts.chat.sendQuestion, edit: texts.save }[purpose];
  return (
    // Pressing it leaves the focus in the box, so that the keyboard of a phone stays open.
    <button
      type="submit"
      class="primary"
      aria-label={label}
      title={label}
      onMouseDown={(event) => event.preventDefault()}
    >
      <Icon name={purpose === 'edit' ? 'check' : 'send'} />
    </button>
  );
}
