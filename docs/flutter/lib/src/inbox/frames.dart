import 'dart:convert';

import '../rest/json.dart';
import '../rest/models.dart';
import '../rest/refusal.dart';

/// A frame from the backend that this client handles.
sealed class Frame {
  Frame(this.chatId);

  /// Null if the frame does not say which chat it is about.
  final String? chatId;
}

class MessageFrame extends Frame {
  MessageFrame(this.message) : super(message.chatId);

  final Message message;
}

/// A message has changed. [rev] is the number of the change, and only live frames have it.
class ChangedFrame extends Frame {
  ChangedFrame(this.message, this.rev) : super(message.chatId);

  final Message message;
  final int? rev;
}

/// Ends an answer to a `sync`.
class SyncedFrame extends Frame {
  SyncedFrame(super.chatId, this.seq, Json json)
    : more = json['more'] == true,
      rev = json['rev'] as int?,
      head = json['head'] as int?,
      next = json['next'] as int?,
      reset = json['reset'] == true;

  final int seq;

  /// There are more messages.
  final bool more;

  /// The changes up to [rev] are complete. The newest change is [head].
  final int? rev;
  final int? head;

  /// There are more changes, after this number.
  final int? next;

  /// The client must begin with the newest page.
  final bool reset;

  /// Otherwise the client asks for the rest at once.
  bool get isLast => !more && next == null;
}

/// A participant has read up to a number.
class ReadFrame extends Frame {
  ReadFrame(super.chatId, this.userId, this.seq);

  final String userId;
  final int seq;
}

/// A participant is writing.
class TypingFrame extends Frame {
  TypingFrame(super.chatId, this.userId);

  final String userId;
}

/// The user has joined the chat, or something about it has changed for them alone.
class ChatFrame extends Frame {
  ChatFrame(super.chatId);
}

/// The user has left the chat, was removed from it, or has removed it from their list.
class ChatRemovedFrame extends Frame {
  ChatRemovedFrame(super.chatId);
}

/// The next part of an answer that the assistant is still writing.
class DeltaFrame extends Frame {
  DeltaFrame(super.chatId, this.messageId, this.delta);

  final String messageId;
  final String delta;
}

/// The backend refused a frame: the message with this `clientId`, or another frame if there is none.
class ErrorFrame extends Frame {
  ErrorFrame(super.chatId, this.refusal, this.clientId);

  final Refusal refusal;
  final String? clientId;
}

/// API Gateway's own: it throttled a frame or could not run its function, and does not say which.
class UnhandledFrame extends Frame {
  UnhandledFrame() : super(null);
}

/// Null for unknown frames, which the client ignores: later versions of the backend may send new ones.
Frame? readFrame(Object? data) {
  try {
    final frame = jsonDecode(data as String);
    return switch (frame) {
      {'type': 'synced', 'chatId': final String chatId, 'seq': final int seq} => SyncedFrame(
        chatId,
        seq,
        frame as Json,
      ),
      {'type': 'changed', 'message': final Json message} => ChangedFrame(
        Message.fromJson(message),
        frame['rev'] as int?,
      ),
      {'type': 'read', 'chatId': final String chatId, 'userId': final String userId, 'seq': final int seq} => ReadFrame(
        chatId,
        userId,
        seq,
      ),
      {'type': 'typing', 'chatId': final String chatId, 'userId': final String userId} => TypingFrame(chatId, userId),
      {'type': 'ai.delta', 'chatId': final String chatId, 'messageId': final String id, 'delta': final String delta} =>
        DeltaFrame(chatId, id, delta),
      {'type': 'chat', 'chatId': final String chatId} => ChatFrame(chatId),
      {'type': 'chat.removed', 'chatId': final String chatId} => ChatRemovedFrame(chatId),
      {'type': 'error', 'code': String _} => ErrorFrame(
        frame['chatId'] as String?,
        Refusal.fromJson(frame as Json),
        frame['clientId'] as String?,
      ),
      // New types of messages may appear. All of them have a number and a content to show.
      {'seq': int _, 'content': String _} => MessageFrame(Message.fromJson(frame as Json)),
      {'message': String _, 'connectionId': String _} when frame['type'] == null => UnhandledFrame(),
      _ => null,
    };
  } on Object {
    return null;
  }
}
