import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { Recorder } from '../../../client/browser/recorder.ts';
import type { OpenChat } from '../../../state/open-chat.ts';
import { useApp, type Words } from '../../context.ts';
import { clock } from '../../files/size-text.ts';
import { Button } from '../../parts/controls.tsx';
import { Icon } from '../../parts/icon.tsx';

/** A press that is longer holds the button: the recording is sent when it ends. Milliseconds. */
const holdMs = 500;

/** Records a voice message: a tap begins it and buttons end it, or it lasts while the button is held. */
export function RecordButton({ open }: { open: OpenChat }) {
  const { texts, attempt, notify } = useApp();
  const [recorder, setRecorder] = useState<Recorder>();
  const isBusy = useRef(false);
  /** When the press that has begun the recording began; 0 for any other press. */
  const beganAt = useRef(0);
  useEffect(() => () => recorder?.cancel(), [recorder]);

  const once = async (work: () => Promise<unknown>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    await work();
    isBusy.current = false;
  };
  const begin = () =>
    once(async () => {
      try {
        setRecorder(await Recorder.start());
      } catch (error) {
        notify(refusalWords(error));
      }
    });
  const send = (recorded: Recorder) =>
    once(() =>
      attempt(async () => {
        const file = await recorded.finish();
        setRecorder(undefined);
        if (file) open.sendVoice(file);
      }),
    );
  const onPointerDown = () => {
    beganAt.current = recorder ? 0 : Date.now();
    if (!recorder) void begin();
  };
  const onPointerUp = () => {
    if (recorder && beganAt.current > 0 && Date.now() - beganAt.current >= holdMs) void send(recorder);
  };
  const onClick = () => {
    // The press is done with. A key has none.
    if (beganAt.current > 0) beganAt.current = 0;
    else void (recorder ? send(recorder) : begin());
  };
  const label = recorder ? texts.composer.send : texts.files.record;

  return (
    <>
      {recorder && (
        <div class="recording">
          <RecordedTime since={recorder.startedAt} />
          <Button class="quiet" aria-label={texts.files.cancelRecording} onPress={() => setRecorder(undefined)}>
            <Icon name="bin" />
          </Button>
        </div>
      )}
      <button
        key="button"
        type="button"
        class="primary record"
        aria-label={label}
        title={label}
        onPointerDown={onPointerDown}
        onPointerUp={onPointerUp}
        onClick={onClick}
        // A finger that rests on it.
        onContextMenu={(event) => event.preventDefault()}
      >
        <Icon name={recorder ? 'send' : 'microphone'} />
      </button>
    </>
  );
}

function RecordedTime({ since }: { since: number }) {
  const { texts } = useApp();
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => tick(0), 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <span>
      <span class="unseen" role="status">
        {texts.files.recording}
      </span>
      <span class="dot" /> <time>{clock((Date.now() - since) / 1000)}</time>
    </span>
  );
}

/** Over plain HTTP, browsers give the microphone only to pages of localhost. */
function refusalWords(error: unknown): Words {
  if (!isSecureContext) return ({ files }) => files.microphoneElsewhere;
  const isMissing = error instanceof DOMException && error.name === 'NotFoundError';
  return ({ files }) => (isMissing ? files.microphoneMissing : files.microphoneDenied);
}
