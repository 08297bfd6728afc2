import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// Says what the inbox or an open chat is doing, unless it is live.
class ConnectionLine extends StatelessWidget {
  const ConnectionLine({super.key, required this.state, required this.endedBy});

  final RealtimeState state;
  final String? endedBy;

  @override
  Widget build(BuildContext context) {
    final text = switch (state) {
      RealtimeState.connecting => words('Connecting…', 'Подключение…'),
      RealtimeState.catchingUp => words('Loading new messages…', 'Загружаем новые сообщения…'),
      RealtimeState.live => null,
      RealtimeState.waiting => words('No connection. Trying again soon.', 'Нет связи. Скоро попробуем снова.'),
      RealtimeState.ended => texts.refusal(Refusal(endedBy ?? 'internal')),
    };
    return text == null ? const SizedBox.shrink() : Padding(padding: const EdgeInsets.all(8), child: Text(text));
  }
}
