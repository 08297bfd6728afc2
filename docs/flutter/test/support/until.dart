import 'dart:async';

import 'package:flutter/foundation.dart';

/// Waits until something holds, which a change may bring about.
Future<void> until(Listenable changes, bool Function() holds) async {
  if (holds()) return;
  final done = Completer<void>();
  void look() {
    if (holds() && !done.isCompleted) done.complete();
  }

  changes.addListener(look);
  await done.future;
  changes.removeListener(look);
}
