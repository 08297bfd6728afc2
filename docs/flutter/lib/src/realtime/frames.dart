import 'dart:convert';

import '../rest/json.dart';
import '../rest/models.dart';
import '../rest/refusal.dart';

/// A frame from the backend that this client handles.
sealed class Frame {}

class MessageFrame extends Frame {
  MessageFrame(this.message);

  final Message message;
}

/// A message has changed. [rev] is the number of the change, and only live frames have it.
class ChangedFrame extends Frame {
  ChangedFrame(this.message, this.rev);

  final Message message;
  final int? rev;
}

/// Ends an answer to a `sync`.
class SyncedFrame extends Frame {
  SyncedFrame(this.seq, Json json)
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
  ReadFrame(this.userId, this.seq);

  final String userId;
  final int seq;
}

/// The next part of an answer that the assistant is still writing.
class DeltaFrame extends Frame {
  DeltaFrame(this.messageId, this.delta);

  final String messageId;
  final String delta;
}

/// The backend refused a frame: the message with this `clientId`, or another frame if there is none.
class ErrorFrame extends Frame {
  ErrorFrame(this.refusal, this.clientId);

  final Refusal refusal;
  final String? clientId;
}

/// API Gateway's own: it throttled a frame or could not run its function, and does not say which.
class UnhandledFrame extends Frame {}

/// Null for unknown frames, which the client ignores: later versions of the backend may send new ones.
Frame? readFrame(Object? data) {
  try {
    final frame = jsonDecode(data as String);
    return switch (frame) {
      {'type': 'synced', 'seq': final int seq} => SyncedFrame(seq, frame as Json),
      {'type': 'changed', 'message': final Json message} => ChangedFrame(
        Message.fromJson(message),
        frame['rev'] as int?,
      ),
      {'type': 'read', 'userId': final String userId, 'seq': final int seq} => ReadFrame(userId, seq),
      {'type': 'ai.delta', 'messageId': final String id, 'delta': final String delta} => DeltaFrame(id, delta),
      {'type': 'error', 'code': String _} => ErrorFrame(Refusal.fromJson(frame as Json), frame['clientId'] as String?),
      // New types of messages may appear. All of them have a number and a content to show.
      {'seq': int _, 'content': String _} => MessageFrame(Message.fromJson(frame as Json)),
      {'message': String _, 'connectionId': String _} when frame['type'] == null => UnhandledFrame(),
      _ => null,
    };
  } on Object {
    return null;
  }
}
