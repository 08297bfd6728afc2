import 'dart:math';

/// A wait that is `first`, then twice as long each time, but not more than `most`.
typedef Growing = ({Duration first, Duration most});

/// How long the realtime client waits for what.
abstract final class Times {
  /// The wait before a new try is a random part of `first`, twice that, ... `most`: not all clients at once.
  static const Growing backOff = (first: Duration(seconds: 1), most: Duration(seconds: 30));

  /// Before asking for what is missing: `first`, then twice as long each time. A hole is filled after a minute at most.
  static const Growing askAgain = (first: Duration(seconds: 1), most: Duration(seconds: 60));

  /// API Gateway closes what is idle for ten minutes.
  static const ping = Duration(minutes: 5);

  /// A handshake, a ping or a message without an answer for so long: the connection is dead, or nearly.
  static const answer = Duration(seconds: 10);

  /// While a socket catches up, for the whole of an answer: the server gives up after 20 s, API Gateway after 29.
  static const sync = Duration(seconds: 30);

  /// A message that wasn't stored for so long has failed: the user decides about another try.
  static const patience = Duration(seconds: 30);

  static Duration longer(Growing wait, int tries) {
    final grown = wait.first * (1 << min(tries, 10));
    return grown < wait.most ? grown : wait.most;
  }
}
