import 'dart:math';

import '../inbox/frames.dart';
import '../rest/json.dart';

/// Which changes of a chat's messages the client has: every one up to a number, and some above it that came live.
class ChangeCursor {
  int _rev = 0;

  /// The newest change that the client has heard of.
  int _head = 0;

  /// The numbers above [_rev] of changes that came live.
  final _live = <int>{};

  /// While an answer comes in several: after which number the next one begins, and the cursor after the last one.
  int? _next;
  int? _settled;

  /// Names the table that the numbers come from. Null until the newest page is read, and when it must be read again.
  String? get epoch => _epoch;
  String? _epoch;

  /// Whether some changes have not come yet, or are so new that others below them may still appear.
  bool get behind => _rev < _head;

  /// What a `sync` asks for.
  Json get request => {'rev': _next ?? _rev, 'epoch': ?_epoch};

  /// The newest page was read, in which every message has its changes up to [rev].
  void begin(int rev, String epoch) {
    forget();
    _rev = rev;
    _head = rev;
    _epoch = epoch;
  }

  /// The client has missed too much, or the numbers are those of another table.
  void forget() {
    _epoch = null;
    _live.clear();
    interrupted();
  }

  /// The connection was lost: nothing more comes of an answer.
  void interrupted() {
    _next = null;
    _settled = null;
  }

  /// The chat has had this many changes.
  void hear(int head) => _head = max(_head, head);

  /// A change came live.
  void live(int rev) {
    hear(rev);
    _live.add(rev);
    _advance();
  }

  /// The end of an answer to a `sync`. If there are several, the first one says how far the client is after the last:
  /// the later ones do not go back for what has appeared meanwhile.
  void synced(SyncedFrame frame) {
    final SyncedFrame(:rev, :head, :next) = frame;
    if (frame.reset) return forget();
    if (rev == null || head == null) return;
    hear(head);
    final settled = _settled ??= rev;
    _next = next;
    if (!frame.isLast) return;
    _rev = max(_rev, settled);
    interrupted();
    _advance();
  }

  void _advance() {
    _live.removeWhere((rev) => rev <= _rev);
    while (_live.remove(_rev + 1)) {
      _rev++;
    }
  }
}
