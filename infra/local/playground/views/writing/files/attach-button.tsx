import { useRef } from 'preact/hooks';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp } from '../../context.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useAddFiles } from './use-add-files.ts';

/** Lets the user choose files of the device. */
export function AttachButton({ open }: { open: OpenChat }) {
  const { texts } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const add = useAddFiles(open);
  return (
    <>
      <Button
        class="quiet"
        aria-label={texts.files.attach}
        title={texts.files.attach}
        onPress={() => input.current?.click()}
      >
        <Icon name="clip" />
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
