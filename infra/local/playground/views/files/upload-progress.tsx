import type { Texts } from '../../texts/en/index.ts';
import type { ShownFile } from './shown-file.ts';

/** How much of a file is uploaded; nothing once all of it is. */
export const UploadProgress = ({ file: { name, progress }, texts }: { file: ShownFile; texts: Texts }) =>
  progress === undefined ? null : <progress value={progress} aria-label={texts.files.uploading(name)} />;
