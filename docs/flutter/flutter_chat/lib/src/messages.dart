import 'package:flutter_chat_core/flutter_chat_core.dart' as flyer;
import 'package:group_chat_client/group_chat_client.dart';

extension FlutterChatMessage on Message {
  /// [texts] words system messages and deleted ones. [quote] is `reader.quoteOf(message)`, which is newer than the quote
  /// that came with the message. [seen] says that somebody else has read the message.
  flyer.Message toFlutterChatMessage({required Texts texts, Quote? quote, bool seen = false}) {
    final status = seen ? flyer.MessageStatus.seen : flyer.MessageStatus.sent;
    final userIds = {for (final reaction in reactions) reaction.emoji: reaction.userIds};
    final more = _more(texts, quote ?? replyTo);
    if (type == 'system') {
      return flyer.Message.system(
        id: id,
        authorId: userId,
        text: texts.content(this),
        createdAt: createdAt,
        sentAt: createdAt,
        deletedAt: deletedAt,
        replyToMessageId: replyTo?.messageId,
        reactions: userIds,
        pinned: pinned,
        status: status,
        metadata: more,
      );
    }
    return flyer.Message.text(
      id: id,
      authorId: userId,
      text: texts.content(this),
      createdAt: createdAt,
      sentAt: createdAt,
      editedAt: editedAt,
      deletedAt: deletedAt,
      replyToMessageId: replyTo?.messageId,
      reactions: userIds,
      pinned: pinned,
      status: status,
      metadata: more,
    );
  }

  /// What flutter_chat_core has no field for. Plain JSON, which it compares and stores.
  Json _more(Texts texts, Quote? quote) => {
    'seq': seq,
    'type': type,
    'userName': texts.author(this),
    'userDeleted': ?userDeleted,
    'clientId': ?clientId,
    'deletedBy': ?deletedBy,
    'reason': ?reason,
    'attachments': [for (final file in attachments) _file(file)],
    'placeholder': ?metadata?.placeholder,
    'mentions': mentions,
    'everyone': ?everyone,
    'reactionCounts': {for (final reaction in reactions) reaction.emoji: reaction.count},
    if (quote != null) 'replyTo': _quoted(texts, quote),
    'event': ?metadata?.event,
    'meetUrl': ?metadata?.meetUrl,
    'suggestMeet': ?metadata?.suggestMeet,
    'question': ?metadata?.question,
    'askedBy': ?metadata?.askedBy,
  };

  /// flutter_chat_core has one file in a message, and no text beside most kinds.
  static Json _file(Attachment file) => {
    'id': file.id,
    'name': file.name,
    'mimeType': file.mimeType,
    'size': file.size,
    'width': ?file.width,
    'height': ?file.height,
    'durationMs': ?file.durationMs,
    'blurhash': ?file.blurhash,
    'waveform': file.waveform,
    'url': file.url,
    'thumbnailUrl': ?file.thumbnailUrl,
  };

  static Json _quoted(Texts texts, Quote quote) => {
    'seq': quote.seq,
    'userId': quote.userId,
    'userName': texts.quoteAuthor(quote),
    'text': texts.quoteContent(quote),
  };
}

extension FlutterChatOutgoing on Outgoing {
  /// A message that is not in the chat yet. Its id is the `clientId`, until the message itself takes its place.
  flyer.Message toFlutterChatMessage({required String userId}) => flyer.Message.text(
    id: clientId,
    authorId: userId,
    text: content,
    createdAt: writtenAt,
    failedAt: refusal == null ? null : writtenAt,
    replyToMessageId: draft.replyToId,
    status: refusal == null ? flyer.MessageStatus.sending : flyer.MessageStatus.error,
  );
}
