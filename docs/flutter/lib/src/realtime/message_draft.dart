import '../files/local_file.dart';
import '../rest/json.dart';

/// What the user writes: a text, which message it replies to, whom it mentions, and its files.
class MessageDraft {
  const MessageDraft(
    this.content, {
    this.replyToId,
    this.mentions = const [],
    this.everyone = false,
    this.files = const [],
  });

  MessageDraft.fromJson(Json json)
    : content = json['content'] as String,
      replyToId = json['replyToId'] as String?,
      mentions = List<String>.from(json['mentions'] as List<dynamic>? ?? const []),
      everyone = json['everyone'] as bool? ?? false,
      files = listOf(json['files'], LocalFile.fromJson);

  final String content;

  /// The id of the message that this one replies to.
  final String? replyToId;

  /// The ids of the participants that the text mentions.
  final List<String> mentions;

  /// Whether the text mentions all participants.
  final bool everyone;

  /// In the order in which they are shown, at most ten. Beside them the text may be empty.
  final List<LocalFile> files;

  /// The same with other files.
  MessageDraft withFiles(List<LocalFile> files) =>
      MessageDraft(content, replyToId: replyToId, mentions: mentions, everyone: everyone, files: files);

  /// What the backend calls the files that are uploaded.
  List<String> get fileIds => [for (final file in files) ?file.id];

  bool get isEmpty => content.isEmpty && replyToId == null && files.isEmpty;

  Json get _text => {
    'content': content,
    'replyToId': ?replyToId,
    if (mentions.isNotEmpty) 'mentions': mentions,
    if (everyone) 'everyone': true,
  };

  /// To send it in a frame.
  Json toFrame() => {..._text, if (files.isNotEmpty) 'fileIds': fileIds};

  /// To store it.
  Json toJson() => {..._text, if (files.isNotEmpty) 'files': files};
}
