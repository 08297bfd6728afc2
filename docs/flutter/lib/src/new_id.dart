import 'dart:math';

final _random = Random.secure();

/// A random `clientId`. Keep it for all tries of the same action, and use a new one for the next action.
String newId() => List.generate(4, (_) => _random.nextInt(0xffffffff).toRadixString(36)).join();
