import '../rest/models.dart';

/// Under what a file is cached: the part of its URL that stays the same. What follows the `?` is another one each day.
String fileCacheKey(String url) => Uri.parse(url).path;

/// How a file of a message is shown.
extension AttachmentKind on Attachment {
  bool get isPicture => mimeType.startsWith('image/');
  bool get isVideo => mimeType.startsWith('video/');

  /// Recorded for this chat. Other sounds are files of music, for example.
  bool get isVoice => mimeType.startsWith('audio/') && waveform.isNotEmpty;
}
