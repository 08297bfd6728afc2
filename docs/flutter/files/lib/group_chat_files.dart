/// Photos, voice messages, files and avatars for `group_chat_client`: [FileChoice] and [VoiceRecorder] make the files of a
/// message, [AttachmentView] shows them.
library;

export 'src/attachment_view.dart';
export 'src/avatar.dart';
export 'src/file_choice.dart';
export 'src/file_folder.dart';
export 'src/voice_recorder.dart';
export 'src/waveform_bar.dart';
