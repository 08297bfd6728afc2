import 'dart:math';

/// A wait that starts with `first` and doubles each time, up to `max`.
typedef Growing = ({Duration first, Duration max});

/// The waits and timeouts of the realtime client.
abstract final class Times {
  /// Before a reconnect. The actual wait is a random part of this, so that clients do not all reconnect at once.
  static const Growing backOff = (first: Duration(seconds: 1), max: Duration(seconds: 30));

  /// Before repeating a request or a message that was refused for a while. The actual wait is a random part of this.
  static const Growing repeat = (first: Duration(seconds: 1), max: Duration(seconds: 10));

  /// Before the client asks for a missing number. The backend skips a number that stays unused for a minute.
  static const Growing gap = (first: Duration(seconds: 1), max: Duration(seconds: 60));

  /// Before the client asks for changes that have not come, or that are so new that others below them may still appear.
  static const Growing changes = (first: Duration(minutes: 1), max: Duration(minutes: 1));

  /// Before a reconnect, if the backend closed the connection within this time after it was opened. A user may have so many
  /// connections open that each new one closes the oldest.
  static const crowded = Duration(minutes: 1);

  /// Before a second look whether the session of such a closed connection has ended: the backend ends it up to some
  /// seconds after it has closed the connections.
  static const sessionEnd = Duration(seconds: 5);

  /// A connection that was open for this long begins with the shortest wait when it reconnects.
  static const brief = Duration(seconds: 10);

  /// How long the connection stays open when the app goes to the background, for the answers to what was just sent.
  static const pause = Duration(seconds: 10);

  /// Between pings. API Gateway closes a connection after ten idle minutes.
  static const ping = Duration(minutes: 5);

  /// For the answer to a handshake, a ping or a message. Without it the connection counts as dead.
  static const answer = Duration(seconds: 10);

  /// For the whole answer to a `sync` while a connection catches up. API Gateway gives up after 29 seconds.
  static const sync = Duration(seconds: 30);

  /// An upload that makes no progress for this long has broken off.
  static const upload = Duration(seconds: 30);

  /// At most one read mark is sent in this time.
  static const readMark = Duration(seconds: 5);

  /// The client says at most once in this time that the user is writing. The backend drops more than one in five seconds.
  static const writing = Duration(seconds: 10);

  /// How long a participant is shown as writing.
  static const typing = Duration(seconds: 12);

  /// Between two presence requests, while the chat is visible.
  static const presence = Duration(minutes: 1);

  /// Before a search is sent again that was one too many, if the backend does not say how long to wait.
  static const search = Duration(seconds: 10);

  /// An answer of the assistant that has not grown for this long will not be finished.
  static const draft = Duration(seconds: 30);

  /// A message that was written longer ago is not sent by itself any more.
  static const unsent = Duration(days: 1);

  /// How long a deletion waits before it is sent, so that the user can undo it.
  static const undo = Duration(seconds: 5);

  static Duration longer(Growing wait, int tries) {
    final grown = wait.first * (1 << min(tries, 10));
    return grown < wait.max ? grown : wait.max;
  }

  /// A random part of that wait, so that clients that were refused together do not all return at once.
  static Duration jittered(Growing wait, int tries) => longer(wait, tries) * Random().nextDouble();
}
