import 'package:flutter/material.dart';

/// The loudness of a voice message over time, as bars.
class WaveformBar extends StatelessWidget {
  const WaveformBar({super.key, required this.waveform, this.played = 0});

  final List<int> waveform;

  /// The share that has been played, from 0 to 1.
  final double played;

  @override
  Widget build(BuildContext context) {
    final ColorScheme(:primary, :outline) = Theme.of(context).colorScheme;
    return CustomPaint(
      size: const Size(double.infinity, 32),
      painter: _Bars(waveform, played: played, color: outline, playedColor: primary),
    );
  }
}

class _Bars extends CustomPainter {
  _Bars(this.waveform, {required this.played, required this.color, required this.playedColor});

  final List<int> waveform;
  final double played;
  final Color color;
  final Color playedColor;

  @override
  void paint(Canvas canvas, Size size) {
    final step = size.width / waveform.length;
    for (final (index, loudness) in waveform.indexed) {
      final height = 2 + (size.height - 2) * loudness / 100;
      final bar = Rect.fromCenter(
        center: Offset((index + 0.5) * step, size.height / 2),
        width: step * 0.6,
        height: height,
      );
      final isPlayed = index < played * waveform.length;
      canvas.drawRect(bar, Paint()..color = isPlayed ? playedColor : color);
    }
  }

  @override
  bool shouldRepaint(_Bars old) => old.played != played || old.waveform != waveform || old.color != color;
}
