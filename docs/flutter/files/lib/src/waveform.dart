import 'dart:math';

/// What counts as silence, in decibels below the maximum.
const _silence = -50.0;

/// At most as many values as the backend accepts.
const _maxValues = 100;

/// The loudness over time, from 0 to 100, of levels in decibels below the maximum. Of neighbours the loudest counts.
List<int> waveformOf(List<double> levels) {
  if (levels.isEmpty) return const [0];
  final count = min(levels.length, _maxValues);
  return [
    for (var index = 0; index < count; index++)
      _loudness(levels.sublist(index * levels.length ~/ count, (index + 1) * levels.length ~/ count).reduce(max)),
  ];
}

int _loudness(double level) => ((1 - level / _silence) * 100).clamp(0, 100).round();
