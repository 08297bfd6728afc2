import '../rest/json.dart';

/// What the user writes: a text, which message it replies to, and whom it mentions.
class MessageDraft {
  const MessageDraft(this.content, {this.replyToId, this.mentions = const [], this.everyone = false});

  MessageDraft.fromJson(Json json)
    : content = json['content'] as String,
      replyToId = json['replyToId'] as String?,
      mentions = List<String>.from(json['mentions'] as List<dynamic>? ?? const []),
      everyone = json['everyone'] as bool? ?? false;

  final String content;

  /// The id of the message that this one replies to.
  final String? replyToId;

  /// The ids of the participants that the text mentions.
  final List<String> mentions;

  /// Whether the text mentions all participants.
  final bool everyone;

  bool get isEmpty => content.isEmpty && replyToId == null;

  /// To store the draft, and to send it in a frame.
  Json toJson() => {
    'content': content,
    'replyToId': ?replyToId,
    if (mentions.isNotEmpty) 'mentions': mentions,
    if (everyone) 'everyone': true,
  };
}
