import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import type { FileProps } from './shown-file.ts';
import { clock } from './size-text.ts';

/** Plays a voice message. Its waveform is also where one chooses the position. It loads when it is played. */
export function VoicePlayer({ file, texts, onFailed }: FileProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const { waveform = [], durationMs = 0, url } = file;
  const duration = durationMs / 1000;
  useEffect(() => () => audio.current?.pause(), []);
  const toggle = () => {
    if (isPlaying) audio.current?.pause();
    // If it can't be loaded, the element says so.
    else audio.current?.play().catch(() => {});
  };
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to;
    setSeconds(to);
  };
  const { files } = texts;
  return (
    <div class="voice">
      {/* biome-ignore lint/a11y/useMediaCaption: a user's own recording has none */}
      <audio
        ref={audio}
        preload="none"
        src={url}
        onPlay={({ currentTarget }) => {
          pauseOthers(currentTarget);
          setPlaying(true);
        }}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setSeconds(currentTarget.currentTime)}
        onEnded={() => setSeconds(0)}
        onError={onFailed}
      />
      <button type="button" class="primary" aria-label={isPlaying ? files.pause : files.play} onClick={toggle}>
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <span class="waveform">
        <Waveform values={waveform} played={duration > 0 ? seconds / duration : 0} />
        <input
          type="range"
          min={0}
          max={duration}
          step={0.1}
          value={seconds}
          aria-label={files.position}
          aria-valuetext={`${clock(seconds)} / ${clock(duration)}`}
          onInput={({ currentTarget }) => seek(currentTarget.valueAsNumber)}
        />
      </span>
      <time>{clock(isPlaying || seconds > 0 ? seconds : Math.ceil(duration))}</time>
    </div>
  );
}

/** One voice at a time. */
function pauseOthers(playing: HTMLMediaElement): void {
  for (const audio of document.querySelectorAll('audio')) if (audio !== playing) audio.pause();
}

/** `played` is from 0 to 1. */
const Waveform = ({ values, played }: { values: readonly number[]; played: number }) => (
  <svg viewBox={`0 0 ${values.length * 3} 24`} preserveAspectRatio="none" aria-hidden="true">
    {values.map((value, n) => {
      const height = Math.max(2, (value / 100) * 24);
      const isPlayed = n < played * values.length;
      return <rect key={n} class={isPlayed ? 'played' : ''} x={n * 3} y={12 - height / 2} width={2} height={height} />;
    })}
  </svg>
);
