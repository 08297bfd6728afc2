import 'dart:convert';

import 'models.dart';

/// What comes over the socket and means something to this client.
sealed class Frame {}

class MessageFrame extends Frame {
  MessageFrame(this.message);

  final Message message;
}

/// The end of an answer to `sync`.
class SyncedFrame extends Frame {
  SyncedFrame(this.seq, {required this.more});

  final int seq;
  final bool more;
}

/// A participant has read up to a message.
class ReadFrame extends Frame {
  ReadFrame(this.userId, this.seq);

  final String userId;
  final int seq;
}

/// More of an answer that the assistant is still writing.
class DeltaFrame extends Frame {
  DeltaFrame(this.messageId, this.delta);

  final String messageId;
  final String delta;
}

/// Why a frame was refused: the message with this `clientId`, or another frame.
class ErrorFrame extends Frame {
  ErrorFrame(this.code, this.clientId);

  final String code;
  final String? clientId;
}

/// A frame, if it is one that this client knows. Others are to be ignored: a later version of the backend may send them,
/// and API Gateway has some of its own, without a type.
Frame? readFrame(Object? data) {
  try {
    final frame = jsonDecode(data as String);
    return switch (frame) {
      {'type': 'synced', 'seq': final int seq} => SyncedFrame(seq, more: frame['more'] == true),
      {'type': 'read', 'userId': final String userId, 'seq': final int seq} => ReadFrame(userId, seq),
      {'type': 'ai.delta', 'messageId': final String id, 'delta': final String delta} => DeltaFrame(id, delta),
      {'type': 'error', 'code': final String code} => ErrorFrame(code, frame['clientId'] as String?),
      // Whatever its type: there may be new ones, and each has a number and a content to show.
      {'seq': int _, 'content': String _} => MessageFrame(Message.fromJson(frame as Json)),
      _ => null,
    };
  } on Object {
    return null;
  }
}
