import type { FileType } from '#shared/contract/files/types.ts';
import type { OutgoingFile } from '../files/outgoing-file.ts';
import { peaks } from '../files/waveform.ts';
import { voiceMessage } from './prepare.ts';

/** Tried in this order; every device can play the first one. */
const types = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];

const bars = 50;

/** Records the microphone. */
export class Recorder {
  /** Milliseconds since the epoch. */
  readonly startedAt = Date.now();
  private readonly stream: MediaStream;
  private readonly recorder: MediaRecorder;
  private readonly pieces: Blob[] = [];
  private readonly ended = Promise.withResolvers<void>();

  private constructor(stream: MediaStream) {
    this.stream = stream;
    const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
    this.recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 32_000 });
    this.recorder.ondataavailable = ({ data }) => this.pieces.push(data);
    this.recorder.onstop = () => this.ended.resolve();
    this.recorder.start();
  }

  /** Asks for the microphone. Rejects when the user or the browser refuses. */
  static async start(): Promise<Recorder> {
    return new Recorder(await navigator.mediaDevices.getUserMedia({ audio: true }));
  }

  /** Ends the recording without a result. */
  cancel(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
  }

  /** Ends the recording and returns it as a voice message; undefined if it is too short to have any sound. */
  async finish(): Promise<OutgoingFile | undefined> {
    this.cancel();
    await this.ended.promise;
    const mimeType = this.recorder.mimeType.split(';')[0] as FileType;
    const blob = new Blob(this.pieces, { type: mimeType });
    const facts = await heard(blob);
    return facts && voiceMessage(blob, mimeType, facts);
  }
}

/** The duration of a recording and its loudness over time. */
async function heard(blob: Blob): Promise<{ durationMs: number; waveform: number[] } | undefined> {
  const decoder = new OfflineAudioContext(1, 1, 16_000);
  const sound = await decoder.decodeAudioData(await blob.arrayBuffer()).catch(() => undefined);
  return sound && { durationMs: Math.round(sound.duration * 1000), waveform: peaks(sound.getChannelData(0), bars) };
}
